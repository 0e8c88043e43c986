package ai.kubiya.cli;

import ai.kubiya.sdk.EventStream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verbs that run things and show what they print. */
final class RunCommands {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunCommands() {}

    /** What they have in common. */
    abstract static class Running implements Runnable {
        final Context context;

        @Spec
        private @Nullable CommandSpec spec;

        Running(Context context) {
            this.context = context;
        }

        CommandSpec spec() {
            if (spec == null) {
                throw new IllegalStateException("not parsed");
            }
            return spec;
        }

        Output output() {
            return context.output(spec());
        }

        /** Prints what an execution prints, to the same stream, and ends as it does. */
        void follow(EventStream events) {
            follow(events, List.of("completed"));
        }

        /** @param good how it ends well */
        void follow(EventStream events, List<String> good) {
            String status = "";
            String message = "";
            try (events) {
                for (EventStream.Event event : events) {
                    JsonNode data = event.data();
                    show(data);
                    switch (data.path("type").asText()) {
                        case "warning", "error" -> note(data.path("message").asText());
                        case "approval.required" ->
                            note("waits for an approval: kubiya approval approve "
                                    + data.path("approval_id").asText());
                        case "step.started",
                                "step.completed",
                                "step.failed",
                                "step.skipped",
                                "step.cancelled",
                                "step.retried" -> step(data);
                        case "result" -> {
                            status = data.path("status").asText();
                            message = data.path("message").asText("");
                        }
                        case "execution" -> {
                            status = data.path("status").asText();
                            message = data.path("error").asText("");
                        }
                        default -> {}
                    }
                }
            }
            if (!good.contains(status)) {
                throw new Failure(
                        ExitCode.FAILED,
                        "It ended as " + (status.isEmpty() ? "unknown" : status)
                                + (message.isEmpty() ? "." : ": " + message));
            }
        }

        private void step(JsonNode data) {
            String name = data.path("step").asText()
                    + (data.has("item") ? "[" + data.path("item").asInt() + "]" : "");
            String message = data.path("message").asText("");
            String word = data.path("type").asText().substring("step.".length());
            note(name + " " + word + (message.isEmpty() ? "" : ": " + message));
            String printed = data.path("output").asText("");
            if (output().isForPeople() && !printed.isEmpty()) {
                spec().commandLine().getOut().println(printed);
                spec().commandLine().getOut().flush();
            }
        }

        /** Prints output for people, or everything for programs. */
        void show(JsonNode data) {
            if (!output().isForPeople()) {
                spec().commandLine().getOut().println(data);
                spec().commandLine().getOut().flush();
            } else if (List.of("log", "tool-output").contains(data.path("type").asText())) {
                var writer = data.path("stream").asText().equals("stderr")
                        ? spec().commandLine().getErr()
                        : spec().commandLine().getOut();
                writer.print(data.path("content").asText());
                writer.flush();
            }
        }

        void note(String text) {
            if (!text.isEmpty()) {
                spec().commandLine().getErr().println("kubiya: " + text);
                spec().commandLine().getErr().flush();
            }
        }
    }

    @Command(
            description = "Run a tool and print what it prints; ends with 1 when the tool fails.",
            mixinStandardHelpOptions = true)
    static final class Exec extends Running {
        @Parameters(index = "0", paramLabel = "TOOL", description = "Its name.")
        private String tool = "";

        @Parameters(index = "1..*", paramLabel = "ARG=VALUE", description = "Its arguments.")
        private List<String> arguments = List.of();

        @Option(names = "--runner", paramLabel = "NAME", description = "Where; default: any healthy runner.")
        private @Nullable String runner;

        Exec(Context context) {
            super(context);
        }

        @Override
        public void run() {
            ObjectNode body = JSON.createObjectNode().put("tool_name", tool);
            body.set("args", Fields.read(null, arguments, context.in()));
            follow(context.api().stream(
                    "POST", "/v1/tools/exec", body, runner == null ? Map.of() : Map.of("runner", runner)));
        }
    }

    @Command(description = "Print what an execution printed.", mixinStandardHelpOptions = true)
    static final class Logs extends Running {
        @Parameters(paramLabel = "ID", description = "The execution's id.")
        private String id = "";

        @Option(
                names = {"-f", "--follow"},
                description = "Go on until it ends.")
        private boolean follow;

        Logs(Context context) {
            super(context);
        }

        @Override
        public void run() {
            String path = "/v1/executions" + ResourceCommands.segment(id) + "/logs";
            if (follow) {
                follow(context.api().stream("GET", path, null, Map.of("follow", true)));
                return;
            }
            for (JsonNode event : context.api().all(path, Map.of("limit", 500))) {
                if (!output().isForPeople()) {
                    spec().commandLine().getOut().println(event);
                } else if (event.path("type").asText().equals("log")) {
                    spec().commandLine().getOut().print(event.path("content").asText());
                }
            }
            spec().commandLine().getOut().flush();
        }
    }

    @Command(description = "Say something to an agent and print its answer.", mixinStandardHelpOptions = true)
    static final class Chat extends Running {
        @Parameters(index = "0", paramLabel = "AGENT", description = "Its name or id.")
        private String agent = "";

        @Parameters(index = "1..*", paramLabel = "MESSAGE", arity = "1..*", description = "What to say.")
        private List<String> words = List.of();

        @Option(names = "--session", paramLabel = "ID", description = "Go on with this conversation.")
        private @Nullable String session;

        Chat(Context context) {
            super(context);
        }

        @Override
        public void run() {
            ObjectNode body = JSON.createObjectNode().put("message", String.join(" ", words));
            if (session != null) {
                body.put("session_id", session);
            }
            String path = "/v1/agents" + ResourceCommands.segment(agent) + "/chat";
            boolean people = output().isForPeople();
            var out = spec().commandLine().getOut();
            String problem = "";
            try (EventStream events = context.api().stream("POST", path, body, Map.of())) {
                String conversation = events.header("X-Session-Id");
                for (EventStream.Event event : events) {
                    JsonNode data = event.data();
                    if (!people) {
                        out.println(data);
                    } else if (event.name().equals("message.delta")) {
                        out.print(data.path("content").asText());
                    } else if (event.name().equals("message")) {
                        out.println();
                    } else if (event.name().equals("tool.call")) {
                        note("runs " + data.path("name").asText() + " " + data.path("arguments"));
                    } else if (event.name().equals("tool.output")) {
                        note(data.path("content").asText().stripTrailing());
                    } else if (event.name().equals("error")) {
                        problem = data.path("message").asText();
                    }
                    out.flush();
                }
                if (people && !conversation.isEmpty() && session == null) {
                    note("go on with --session " + conversation);
                }
            }
            if (!problem.isEmpty()) {
                throw new Failure(ExitCode.FAILED, problem);
            }
        }
    }

    /** A verb that posts and shows the answer. */
    @Command(mixinStandardHelpOptions = true)
    static final class Post extends Running {
        private final String method;
        private final String path;
        private final String suffix;

        @Parameters(paramLabel = "NAME", description = "Its id, or its name.")
        private String name = "";

        @Option(
                names = {"-s", "--set"},
                paramLabel = "FIELD=VALUE",
                description = "A field of the request. Repeatable.")
        private List<String> fields = List.of();

        Post(Context context, String method, String path, String suffix) {
            super(context);
            this.method = method;
            this.path = path;
            this.suffix = suffix;
        }

        @Override
        public void run() {
            JsonNode body = Fields.read(null, fields, context.in());
            output().one(context.api().send(method, path + ResourceCommands.segment(name) + suffix, body));
        }
    }

    /** A verb that reads something of a resource. */
    @Command(mixinStandardHelpOptions = true)
    static final class Read extends Running {
        private final String path;
        private final String suffix;

        @Parameters(paramLabel = "NAME", description = "Its id, or its name.")
        private String name = "";

        Read(Context context, String path, String suffix) {
            super(context);
            this.path = path;
            this.suffix = suffix;
        }

        @Override
        public void run() {
            output().one(context.api().get(path + ResourceCommands.segment(name) + suffix));
        }
    }

    @Command(description = "Follow the audit trail until it is interrupted.", mixinStandardHelpOptions = true)
    static final class AuditFollow extends Running {
        AuditFollow(Context context) {
            super(context);
        }

        @Override
        public void run() {
            var out = spec().commandLine().getOut();
            try (EventStream events = context.api().stream("GET", "/v1/audit/stream", null, Map.of())) {
                for (EventStream.Event event : events) {
                    JsonNode item = event.data();
                    out.println(
                            output().isForPeople()
                                    ? String.join(
                                            "  ",
                                            item.path("timestamp").asText(),
                                            item.path("email").asText(),
                                            item.path("action_type").asText(),
                                            item.path("resource_type").asText(),
                                            item.path("resource_text").asText())
                                    : item.toString());
                    out.flush();
                }
            }
        }
    }
}
