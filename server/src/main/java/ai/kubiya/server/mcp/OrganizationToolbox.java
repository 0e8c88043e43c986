package ai.kubiya.server.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.chat.work.AgentTools;
import ai.kubiya.server.execution.NewExecution.Cause;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.model.ModelTool;
import ai.kubiya.server.tool.Tool;
import ai.kubiya.server.tool.ToolPlace;
import ai.kubiya.server.tool.ToolService;
import ai.kubiya.server.tool.builtin.BuiltInCalls;
import ai.kubiya.server.tool.builtin.BuiltInTool;
import ai.kubiya.server.tool.builtin.BuiltInTools;
import ai.kubiya.server.tool.run.SecretGrant;
import ai.kubiya.server.tool.run.ToolCall;
import ai.kubiya.server.tool.run.ToolRuns;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the platform brings and all tools of the caller's organisation that can be run, called as a user calls them. */
final class OrganizationToolbox implements Toolbox {
    private static final int UUID_LENGTH = 36;

    private final Caller caller;
    private final ToolService tools;
    private final ToolRuns runs;
    private final BuiltInTools builtIns;
    private final BuiltInCalls builtInCalls;
    private final Set<String> reserved;

    OrganizationToolbox(
            Caller caller, ToolService tools, ToolRuns runs, BuiltInTools builtIns, BuiltInCalls builtInCalls) {
        this.caller = caller;
        this.tools = tools;
        this.runs = runs;
        this.builtIns = builtIns;
        this.builtInCalls = builtInCalls;
        this.reserved = builtIns.all().stream().map(BuiltInTool::name).collect(Collectors.toSet());
    }

    @Override
    public Listed list(@Nullable String cursor) throws McpError {
        ToolPlace after = cursor == null ? null : place(cursor);
        List<ModelTool> listed = new ArrayList<>();
        if (after == null) {
            builtIns.all().forEach(tool -> listed.add(tool.forModel()));
        }
        int read = 0;
        String next = null;
        // One more says whether there is a page after this one.
        for (var named : tools.runnable(caller, reserved, after, PAGE + 1).entrySet()) {
            if (read++ == PAGE) {
                return new Listed(listed, next);
            }
            listed.add(AgentTools.forModel(named.getKey(), named.getValue()));
            next = cursor(named.getValue());
        }
        return new Listed(listed, null);
    }

    /** A cursor is the place of the last tool of the page before. */
    private static String cursor(Tool tool) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((tool.id() + tool.name()).getBytes(UTF_8));
    }

    private static ToolPlace place(String cursor) throws McpError {
        try {
            String place = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            if (place.length() > UUID_LENGTH && place.indexOf('\0') < 0) {
                return new ToolPlace(
                        place.substring(UUID_LENGTH),
                        Uuids.parse(place.substring(0, UUID_LENGTH)).orElseThrow(IllegalArgumentException::new));
            }
        } catch (IllegalArgumentException e) {
            // As one that is too short.
        }
        throw McpError.answered(
                McpError.INVALID_PARAMS, "This cursor was not given here: list the tools anew, without one.");
    }

    @Override
    public Optional<Offered> find(String name) {
        Optional<BuiltInTool> builtIn = builtIns.find(name);
        if (builtIn.isPresent()) {
            return Optional.of(arguments ->
                    builtInCalls.checked(caller, builtIn.get(), arguments, null, List.of(), null, Cause.REQUEST));
        }
        return tools.findRunnable(caller, reserved, name)
                .map(tool -> arguments -> runs.checked(caller, call(tool, arguments)));
    }

    private static ToolCall call(Tool tool, ObjectNode arguments) {
        return new ToolCall(
                tool.definition(),
                tool,
                arguments,
                "",
                new SecretGrant.SavedTool(),
                Map.of(),
                null,
                null,
                List.of(),
                Cause.REQUEST);
    }

    @Override
    public String owner() {
        return "of the organisation \"" + caller.organizationName() + "\"";
    }
}
