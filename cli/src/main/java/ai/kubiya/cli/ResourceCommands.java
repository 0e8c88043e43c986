package ai.kubiya.cli;

import ai.kubiya.sdk.Page;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs that all resources share. */
final class ResourceCommands {
    private ResourceCommands() {}

    static CommandLine of(Resource resource, Context context) {
        CommandLine group = new CommandLine(new Group());
        CommandSpec spec = group.getCommandSpec();
        spec.name(resource.name()).aliases(resource.others().toArray(String[]::new));
        spec.usageMessage()
                .description(
                        "Work with " + resource.path().replaceFirst("^/v1/", "").replace('/', ' ') + ".");
        for (String verb : resource.verbs()) {
            group.addSubcommand(
                    verb,
                    switch (verb) {
                        case "list" -> new ListRows(resource, context);
                        case "get" -> new Get(resource, context);
                        case "create" -> new Create(resource, context);
                        case "update" -> new Update(resource, context);
                        default -> new Delete(resource, context);
                    });
        }
        return group;
    }

    static String segment(String name) {
        return "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A resource, which does nothing by itself. */
    @Command(mixinStandardHelpOptions = true)
    static final class Group implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "Say what to do: one of "
                                + String.join(", ", spec.subcommands().keySet()) + ".");
            }
        }
    }

    /** What all verbs have. */
    abstract static class Verb implements Runnable {
        final Resource resource;
        final Context context;

        @Spec
        @Nullable
        CommandSpec spec;

        Verb(Resource resource, Context context) {
            this.resource = resource;
            this.context = context;
        }

        Output output() {
            if (spec == null) {
                throw new IllegalStateException("not parsed");
            }
            return context.output(spec);
        }
    }

    @Command(description = "Show a page of them, or all.", mixinStandardHelpOptions = true)
    static final class ListRows extends Verb {
        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Rows of a page, 1 to 500.")
        private int limit;

        @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "Rows to skip.")
        private long offset;

        @Option(names = "--all", description = "All pages.")
        private boolean all;

        @Option(
                names = {"-q", "--query"},
                paramLabel = "NAME=VALUE",
                description = "A filter of the API, such as status=failed. Repeatable.")
        private Map<String, String> query = Map.of();

        @Option(
                names = {"-w", "--watch"},
                description = "Again every two seconds, until it is interrupted.")
        private boolean watch;

        ListRows(Resource resource, Context context) {
            super(resource, context);
        }

        @Override
        public void run() {
            Api api = context.api();
            Map<String, Object> parameters = new LinkedHashMap<>(query);
            parameters.put("limit", all ? 500 : limit);
            if (!all) {
                parameters.put("offset", offset);
            }
            do {
                if (all) {
                    List<JsonNode> rows = api.all(resource.path(), parameters);
                    output().rows(rows, resource.columns(), rows.size());
                } else {
                    Page<JsonNode> page = api.page(resource.path(), parameters);
                    output().rows(page.data(), resource.columns(), page.total());
                }
                if (watch) {
                    pause();
                    output().text("\033[H\033[2J");
                }
            } while (watch);
        }

        private static void pause() {
            try {
                Thread.sleep(2000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure(ExitCode.OK, "");
            }
        }
    }

    @Command(description = "Show one.", mixinStandardHelpOptions = true)
    static final class Get extends Verb {
        @Parameters(paramLabel = "NAME", description = "Its id, or its name.")
        private String name = "";

        Get(Resource resource, Context context) {
            super(resource, context);
        }

        @Override
        public void run() {
            output().one(context.api().get(resource.path() + segment(name)));
        }
    }

    /** Sends fields. */
    abstract static class Write extends Verb {
        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "JSON or YAML with the fields; - reads standard input.")
        private @Nullable String file;

        @Option(
                names = {"-s", "--set"},
                paramLabel = "FIELD=VALUE",
                description = "One field; JSON where it is JSON, @FILE for the text of a file. Repeatable.")
        private List<String> fields = List.of();

        Write(Resource resource, Context context) {
            super(resource, context);
        }

        JsonNode body(List<String> more) {
            List<String> all = new ArrayList<>(more);
            all.addAll(fields);
            return Fields.read(file, all, context.in());
        }
    }

    @Command(description = "Make one.", mixinStandardHelpOptions = true)
    static final class Create extends Write {
        @Option(names = "--name", paramLabel = "NAME", description = "The field name.")
        private @Nullable String name;

        Create(Resource resource, Context context) {
            super(resource, context);
        }

        @Override
        public void run() {
            JsonNode body = body(name == null ? List.of() : List.of("name=\"" + name.replace("\"", "\\\"") + "\""));
            // Runners are created under their name.
            String path = resource.name().equals("runner")
                    ? resource.path() + segment(body.path("name").asText())
                    : resource.path();
            if (resource.name().equals("runner")
                    && body instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
                object.remove("name");
            }
            output().one(context.api().send("POST", path, body));
        }
    }

    @Command(description = "Change fields of one.", mixinStandardHelpOptions = true)
    static final class Update extends Write {
        @Parameters(paramLabel = "NAME", description = "Its id, or its name.")
        private String name = "";

        Update(Resource resource, Context context) {
            super(resource, context);
        }

        @Override
        public void run() {
            output().one(context.api().send("PATCH", resource.path() + segment(name), body(List.of())));
        }
    }

    @Command(description = "Remove one.", mixinStandardHelpOptions = true)
    static final class Delete extends Verb {
        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Ids or names.")
        private List<String> names = List.of();

        Delete(Resource resource, Context context) {
            super(resource, context);
        }

        @Override
        public void run() {
            Api api = context.api();
            for (String name : names) {
                JsonNode answer = api.send("DELETE", resource.path() + segment(name), null);
                if (output().isForPeople()) {
                    output().text("Deleted " + name + ".\n");
                } else {
                    output().one(answer);
                }
            }
        }
    }
}
