package ai.kubiya.cli;

import ai.kubiya.sdk.KubiyaException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kubiya …}: speaks to a server. */
@Command(
        name = "kubiya",
        mixinStandardHelpOptions = true,
        version = "kubiya 0.1.0",
        description = "Work with a Kubiya server.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli writes the options into it
    private final Context context;

    @Spec
    private @Nullable CommandSpec spec;

    private Main(Context context) {
        this.context = context;
    }

    public static void main(String[] arguments) {
        System.exit(run(
                System.getenv(),
                System.in,
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), false),
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
                arguments));
    }

    /** Runs a command line; the answer is its exit code. */
    public static int run(
            Map<String, String> environment, InputStream in, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = line(new Context(environment, in));
        line.setOut(out).setErr(err);
        line.setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
        try {
            return line.execute(arguments);
        } finally {
            out.flush();
            err.flush();
        }
    }

    static CommandLine line(Context context) {
        CommandLine line = new CommandLine(new Main(context));
        line.addSubcommand(new AuthCommands.Auth(context));
        line.addSubcommand(new AuthCommands.Config(context));
        line.addSubcommand(new Completion());
        for (Resource resource : Resource.all()) {
            CommandLine group = ResourceCommands.of(resource, context);
            addVerbs(resource, group, context);
            line.addSubcommand(group);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Arrays.stream(ExitCode.values())
                        .collect(Collectors.toMap(
                                code -> String.valueOf(code.number()),
                                ExitCode::meaning,
                                (a, _) -> a,
                                java.util.LinkedHashMap::new)));
        return line;
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

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Say what to do; kubiya --help lists the commands.");
        }
    }

    private static int explain(Exception failure, CommandLine command) {
        return switch (failure) {
            case Failure own -> {
                if (!own.sentence().isEmpty()) {
                    command.getErr().println("kubiya: " + own.sentence());
                }
                yield own.code().number();
            }
            case KubiyaException refusal -> {
                // The details of a validation error are its errors in one line.
                command.getErr()
                        .println("kubiya: "
                                + (refusal.errors().isEmpty() ? refusal.details() : "the server refused the request:"));
                refusal.errors()
                        .forEach(error -> command.getErr().println("  " + error.field() + ": " + error.message()));
                if (refusal.status() == 401) {
                    command.getErr().println("kubiya: sign in with \"kubiya auth login\".");
                }
                if (!refusal.requestId().isEmpty()) {
                    command.getErr().println("  request " + refusal.requestId());
                }
                yield ExitCode.ofStatus(refusal.status()).number();
            }
            default -> {
                command.getErr().println("kubiya: " + failure);
                yield ExitCode.FAILED.number();
            }
        };
    }

    /** Words for shells. */
    @Command(
            name = "completion",
            description = "Print a script that completes commands: source <(kubiya completion)",
            mixinStandardHelpOptions = true)
    static final class Completion implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                CommandLine root = spec.root().commandLine();
                root.getOut().print(AutoComplete.bash("kubiya", root));
            }
        }
    }
}
