package ai.kubiya.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a workflow and tells of its steps. */
@Command(
        name = "run",
        description = "Run a workflow and tell of its steps; ends with 1 when it fails.",
        mixinStandardHelpOptions = true)
final class WorkflowRunCommand extends RunCommands.Running {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Name of a saved one.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A definition in YAML or JSON; - reads the standard input.")
    private @Nullable String file;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "A parameter. Repeatable.")
    private List<String> params = List.of();

    @Option(names = "--runner", paramLabel = "NAME", description = "Where its steps run; default: any healthy runner.")
    private @Nullable String runner;

    @Option(names = "--detach", description = "Only start it, and print the execution.")
    private boolean detach;

    WorkflowRunCommand(Context context) {
        super(context);
    }

    @Override
    public void run() {
        if ((name == null) == (file == null)) {
            throw new Failure(ExitCode.USAGE, "Name a saved workflow, or give a definition with --file.");
        }
        ObjectNode body = JSON.createObjectNode();
        if (file == null) {
            body.put("workflow", name);
        } else {
            body.set("workflow", Fields.read(file, List.of(), context.in()));
        }
        ObjectNode values = body.putObject("params");
        for (String param : params) {
            int equals = param.indexOf('=');
            if (equals < 1) {
                throw new Failure(ExitCode.USAGE, "A parameter looks like NAME=VALUE, not \"" + param + "\".");
            }
            values.put(param.substring(0, equals), param.substring(equals + 1));
        }
        if (runner != null) {
            body.put("runner", runner);
        }
        JsonNode execution = context.api().send("POST", "/v1/workflows/executions", body);
        if (detach) {
            output().one(execution);
            return;
        }
        String id = execution.path("id").asText();
        follow(context.api().stream("GET", "/v1/executions/" + id + "/logs", null, Map.of("follow", true)));
    }
}
