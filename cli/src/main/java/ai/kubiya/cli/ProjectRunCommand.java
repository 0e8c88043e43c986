package ai.kubiya.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans, applies or destroys a project, or approves a plan, and prints what Terraform prints. */
@Command(mixinStandardHelpOptions = true)
final class ProjectRunCommand extends RunCommands.Running {
    /** How it ends well; a plan that waits for people is one. */
    private static final List<String> GOOD = List.of("planned", "no_changes", "awaiting_approval", "applied");

    private final String verb;

    @Parameters(paramLabel = "NAME", description = "The project's id, or its name.")
    private String name = "";

    @Option(
            names = {"-s", "--set"},
            paramLabel = "FIELD=VALUE",
            description = "A field of the request, such as auto_approve=true or execution_id=ID. Repeatable.")
    private List<String> fields = List.of();

    @Option(names = "--detach", description = "Only start it, and print the execution.")
    private boolean detach;

    ProjectRunCommand(Context context, String verb) {
        super(context);
        this.verb = verb;
    }

    @Override
    public void run() {
        String project = "/v1/projects" + ResourceCommands.segment(name);
        JsonNode begun = context.api().send("POST", project + "/" + verb, Fields.read(null, fields, context.in()));
        if (detach) {
            output().one(begun);
            return;
        }
        String execution = project + "/executions/" + begun.path("id").asText();
        follow(context.api().stream("GET", execution + "/logs", null, Map.of("follow", true)), GOOD);
        if (!output().isForPeople()) {
            return;
        }
        JsonNode end = context.api().get(execution);
        spec().commandLine().getOut().println(end.path("summary").asText());
        note(end.path("status").asText() + ", execution " + end.path("id").asText());
    }
}
