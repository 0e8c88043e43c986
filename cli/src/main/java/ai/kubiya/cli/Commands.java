package ai.kubiya.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All commands. To make every one takes longer than most requests, so those are made that the arguments may mean. */
final class Commands {
    private Commands() {}

    /**
     * A command below {@code kubiya} that is not made yet.
     *
     * @param names that people may call it
     */
    private record Unmade(List<String> names, Supplier<CommandLine> maker) {
        static Unmade of(String name, Supplier<Object> command) {
            return new Unmade(List.of(name), () -> new CommandLine(command.get()));
        }

        static Unmade of(Resource resource, Context context) {
            List<String> names = Stream.concat(Stream.of(resource.name()), resource.others().stream())
                    .toList();
            return new Unmade(names, () -> {
                CommandLine group = ResourceCommands.of(resource, context);
                addVerbs(resource, group, context);
                return group;
            });
        }
    }

    /** The command line for these arguments. */
    static CommandLine line(Context context, List<String> arguments) {
        CommandLine line = new CommandLine(new Main(context));
        meant(all(context), arguments)
                .forEach(command -> line.addSubcommand(command.maker().get()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Arrays.stream(ExitCode.values())
                        .collect(Collectors.toMap(
                                code -> String.valueOf(code.number()),
                                ExitCode::meaning,
                                (a, _) -> a,
                                LinkedHashMap::new)));
        return line;
    }

    private static List<Unmade> all(Context context) {
        List<Unmade> all = new ArrayList<>();
        all.add(Unmade.of("auth", () -> new AuthCommands.Auth(context)));
        all.add(Unmade.of("config", () -> new AuthCommands.Config(context)));
        all.add(Unmade.of("completion", () -> new Completion(context)));
        Resource.all().forEach(resource -> all.add(Unmade.of(resource, context)));
        return all;
    }

    /** All of them where none is named: help lists them, and what was mistyped is compared with them. */
    private static List<Unmade> meant(List<Unmade> all, List<String> arguments) {
        if (arguments.equals(List.of("--version")) || arguments.equals(List.of("-V"))) {
            return List.of();
        }
        List<String> upToHelp = arguments.stream()
                .takeWhile(argument -> !argument.equals("--help") && !argument.equals("-h"))
                .toList();
        List<Unmade> named = all.stream()
                .filter(command -> command.names().stream().anyMatch(upToHelp::contains))
                .toList();
        return named.isEmpty() ? all : named;
    }

    private static void addVerbs(Resource resource, CommandLine group, Context context) {
        String path = resource.path();
        switch (resource.name()) {
            case "agent" -> group.addSubcommand("chat", new RunCommands.Chat(context));
            case "source" -> post(group, context, "sync", path, "/sync", "Fetch it and find its tools again.");
            case "tool" -> group.addSubcommand("exec", new RunCommands.Exec(context));
            case "execution" -> {
                group.addSubcommand("logs", new RunCommands.Logs(context));
                post(group, context, "cancel", path, "/cancel", "Stop it.");
            }
            case "runner" -> {
                read(group, context, "health", path, "/health", "Show how it does.");
                read(group, context, "manifest", path, "/manifest", "Print what installs it on Kubernetes.");
                post(
                        group,
                        context,
                        "ops",
                        path,
                        "/ops",
                        "Operate it: -s operation=drain, resume, restart or rotate-token.");
            }
            case "project" -> {
                run(group, context, "plan", "Plan it and print the plan; -s destroy=true plans its destruction.");
                run(group, context, "apply", "Plan it and, with -s auto_approve=true, apply the plan.");
                run(group, context, "destroy", "Plan its destruction and, with -s auto_approve=true, destroy it.");
                run(group, context, "approve", "Apply the newest plan, or the one of -s execution_id=ID.");
                post(group, context, "reject", path, "/reject", "Reject the newest plan: nobody can apply it.");
                post(group, context, "cancel", path, "/cancel", "Interrupt what is under way.");
                read(group, context, "outputs", path, "/outputs", "Show its outputs.");
                read(group, context, "drift", path, "/drift", "Show what others changed.");
            }
            case "webhook" -> {
                post(group, context, "test", path, "/test", "Send a test.");
                read(group, context, "deliveries", path, "/deliveries", "Show what was delivered.");
                post(group, context, "rotate-secret", path, "/rotate-secret", "Make a new secret.");
            }
            case "task" -> {
                read(group, context, "logs", path, "/logs", "Show its log.");
                read(group, context, "status", path, "/status", "Show how far it is.");
                described(group, "cancel", new RunCommands.Post(context, "PUT", path, "/cancel"), "Stop it.");
            }
            case "schedule" -> {
                post(group, context, "pause", path, "/pause", "It fires no more until it is resumed.");
                post(group, context, "resume", path, "/resume", "It fires again from its next time on.");
            }
            case "workflow" -> group.addSubcommand("run", new WorkflowRunCommand(context));
            case "approval" -> {
                post(group, context, "approve", path, "/approve", "Agree: -s reason=TEXT says why.");
                post(group, context, "reject", path, "/reject", "Refuse: -s reason=TEXT says why.");
            }
            case "secret" -> read(group, context, "value", path, "/value", "Show its value; this is audited.");
            case "audit" -> group.addSubcommand("follow", new RunCommands.AuditFollow(context));
            default -> {}
        }
    }

    private static void run(CommandLine group, Context context, String verb, String description) {
        described(group, verb, new ProjectRunCommand(context, verb), description);
    }

    private static void post(
            CommandLine group, Context context, String verb, String path, String suffix, String description) {
        described(group, verb, new RunCommands.Post(context, "POST", path, suffix), description);
    }

    private static void read(
            CommandLine group, Context context, String verb, String path, String suffix, String description) {
        described(group, verb, new RunCommands.Read(context, path, suffix), description);
    }

    private static void described(CommandLine group, String verb, Object command, String description) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().usageMessage().description(description);
        group.addSubcommand(verb, line);
    }

    /** Words for shells. */
    @Command(
            name = "completion",
            description = "Print a script that completes commands: source <(kubiya completion)",
            mixinStandardHelpOptions = true)
    static final class Completion implements Runnable {
        private final Context context;

        @Spec
        private @Nullable CommandSpec spec;

        Completion(Context context) {
            this.context = context;
        }

        @Override
        public void run() {
            if (spec != null) {
                spec.commandLine().getOut().print(AutoComplete.bash("kubiya", line(context, List.of())));
            }
        }
    }
}
