package ai.kubiya.server.tool.run;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionJson;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.definition.ToolDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts runs: {@code tools/exec} streams to its end, {@code tools/{tool}/executions} answers 202 at once. */
public final class ToolRunRoutes implements Routes {
    private static final long LONGEST_SECONDS = 7 * 86_400;

    private final ToolService tools;
    private final ToolRuns runs;
    private final ExecutionService executions;
    private final EventFollower follower;

    public ToolRunRoutes(ToolService tools, ToolRuns runs, ExecutionService executions) {
        this.tools = tools;
        this.runs = runs;
        this.executions = executions;
        this.follower = new EventFollower(executions);
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/tools", "/api/v1/tools")) {
            router.post(base + "/exec", Scope.TOOLS_EXECUTE, this::exec)
                    .post(base + "/{tool}/executions", Scope.TOOLS_EXECUTE, this::start);
        }
    }

    private Response start(Request request) throws IOException {
        JsonFields fields = request.fields();
        ToolCall call = call(request, fields, request.parameter("tool"));
        Execution execution = runs.start(request.caller(), call);
        return Response.json(202, Map.of("Location", "/v1/executions/" + execution.id()), ExecutionJson.of(execution));
    }

    private Response exec(Request request) throws IOException {
        JsonFields fields = request.fields();
        ToolCall call = call(request, fields, null);
        Execution execution = request.replayOf()
                .map(id -> executions.get(request.caller(), id))
                .orElseGet(() -> runs.start(request.caller(), call));
        boolean vercel = request.header("x-vercel-ai-data-stream").isPresent();
        ExecFraming framing = vercel ? new VercelFraming() : new PlainFraming();
        return Response.eventStream(out -> {
                    ExecStream stream = new ExecStream(out, framing, execution);
                    // The headers travel with the first byte, and the run may wait for its turn.
                    stream.silence();
                    follower.follow(execution, 0, stream);
                    stream.end();
                })
                .withHeader("X-Execution-Id", execution.id().toString())
                .withHeader("x-vercel-ai-data-stream", vercel ? "v1" : null);
    }

    private ToolCall call(Request request, JsonFields fields, @Nullable String nameInPath) {
        String name = nameInPath != null
                ? nameInPath
                : fields.text("tool_name", 200)
                        .or(() -> fields.text("name", 200))
                        .orElse("");
        Optional<JsonNode> definition = fields.node("tool_def");
        Optional<String> source = fields.text("source_uuid", 50).or(() -> fields.text("source_id", 50));
        Optional<Long> timeout = fields.integer("timeout", 1, LONGEST_SECONDS);
        String runner =
                request.query("runner").or(() -> fields.text("runner", 200)).orElse("");
        JsonNode arguments = arguments(fields);
        fields.ignore(List.of("integrations", "init_env", "metadata", "runner", "name", "source_id", "image_provider"));
        if (name.isEmpty() && definition.isEmpty()) {
            fields.problem("/tool_name", "is required");
        }
        fields.check(request.strict());
        Long seconds = timeout.orElse(null);
        if (definition.isPresent()) {
            ToolDefinition own = ToolService.parseUnsaved(definition.get(), name, "/tool_def");
            return new ToolCall(
                    own,
                    null,
                    arguments,
                    runner,
                    new SecretGrant.CallersTool(),
                    Map.of(),
                    seconds,
                    null,
                    List.of(),
                    Cause.REQUEST);
        }
        Tool tool = find(request, name, source.map(ToolRunRoutes::uuid).orElse(null));
        return new ToolCall(
                tool.definition(),
                tool,
                arguments,
                runner,
                new SecretGrant.SavedTool(),
                Map.of(),
                seconds,
                null,
                List.of(),
                Cause.REQUEST);
    }

    /** Existing clients use any of three names. */
    private static @Nullable JsonNode arguments(JsonFields fields) {
        JsonNode found = null;
        for (String name : List.of("args", "arguments", "parameters")) {
            Optional<JsonNode> node = fields.node(name);
            if (found == null && node.isPresent()) {
                found = node.get();
            }
        }
        return found;
    }

    private Tool find(Request request, String name, @Nullable UUID source) {
        return tools.get(request.caller(), name, source);
    }

    private static UUID uuid(String text) {
        return Uuids.parse(text)
                .orElseThrow(() -> ApiException.invalid("/source_uuid", "must be a uuid, got \"" + text + "\""));
    }
}
