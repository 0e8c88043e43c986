package ai.kubiya.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command lines of all processes of the host, words separated by spaces. */
final class CommandLines {
    private CommandLines() {}

    static List<String> all() {
        return ProcessHandle.allProcesses().map(CommandLines::read).toList();
    }

    private static String read(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
