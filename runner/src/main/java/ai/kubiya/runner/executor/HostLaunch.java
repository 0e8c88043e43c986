package ai.kubiya.runner.executor;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.script.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts bare processes on the host, each with a home, a working directory and an environment of its own. */
record HostLaunch(ProcessLauncher launcher) {

    /** Runs a command made for the sandbox. It sees the whole host, so what it is shown must stand where it is. */
    RunningTool start(SandboxCommand command, RunFolder folder) throws IOException, NotStartedException {
        for (Map<Path, String> shown : List.of(command.readOnly(), command.writable())) {
            for (Map.Entry<Path, String> bind : shown.entrySet()) {
                if (!bind.getKey().toString().equals(bind.getValue())) {
                    throw new NotStartedException(
                            "on the bare host " + bind.getKey() + " cannot be shown as " + bind.getValue());
                }
            }
        }
        Path input = Files.writeString(folder.path("stdin"), command.stdin());
        return start(command.command(), command.environment(), input, command.limits(), folder);
    }

    /** Takes the folder over once the process is started. */
    RunningTool start(
            List<String> command, Map<String, String> environment, Path input, RunLimits limits, RunFolder folder)
            throws IOException {
        Programs programs = Programs.standard();
        Path home = Files.createDirectories(folder.path("home"));
        Path work = Files.createDirectories(folder.path("work"));
        List<String> words = new ArrayList<>();
        programs.find("setsid").ifPresent(program -> words.add(program.toString()));
        // The main process dies with this one; what it started may live on: the host has no way to bind it.
        programs.find("setpriv").ifPresent(program -> words.addAll(List.of(program.toString(), "--pdeathsig", "KILL")));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(work.toFile());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.put("PATH", Programs.STANDARD_PATH);
        variables.put("HOME", home.toString());
        variables.put("LANG", "C.UTF-8");
        variables.put("TMPDIR", work.toString());
        variables.putAll(environment);
        HostProcesses processes = HostProcesses.mark(variables);
        builder.redirectInput(ProcessBuilder.Redirect.from(input.toFile()));
        return new HostProcess(launcher.start(builder), processes, limits, folder);
    }
}
