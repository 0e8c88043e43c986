package ai.kubiya.cli;

import ai.kubiya.sdk.KubiyaException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    Main(Context context) {
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
        Context context = new Context(environment, in);
        CommandLine line = Commands.line(context, List.of(arguments));
        line.setOut(out).setErr(err);
        line.setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
        try {
            return line.execute(arguments);
        } finally {
            context.close();
            out.flush();
            err.flush();
        }
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
}
