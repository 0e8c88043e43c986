package ai.kubiya.runner;

import ai.kubiya.runner.remote.RunnerOptions;
import ai.kubiya.runner.remote.RunnerProgram;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The runner as a program of its own. Its exit codes are in {@link RunnerProgram.Exit}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    private static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(RunnerOptions.USAGE);
            return RunnerProgram.Exit.DONE.code();
        }
        try {
            RunnerOptions options = RunnerOptions.read(arguments, environment);
            // Before anything logs.
            System.setProperty(
                    "logback.configurationFile", options.logsJson() ? "logback-runner-json.xml" : "logback-runner.xml");
            return new RunnerProgram(options, version(), out).run().code();
        } catch (RunnerOptions.Wrong e) {
            err.println("kubiya runner: the settings are not right:");
            e.problems().forEach(problem -> err.println("  - " + problem));
            err.println("kubiya runner --help says what there is.");
            return RunnerProgram.Exit.WRONG_USE.code();
        } catch (RunnerProgram.Failure e) {
            err.println("kubiya runner: " + e.getMessage());
            return e.exit().code();
        }
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
