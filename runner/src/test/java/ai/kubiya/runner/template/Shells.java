package ai.kubiya.runner.template;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** Runs many rendered scripts in one process of a real shell, each in a subshell of its own. */
final class Shells {
    /**
     * Gives a script {@code show}, which writes the number of its words and every word, each ended by NUL. What cases
     * write is parted by their numbers between characters that no value has.
     */
    private static final String DRIVER = """
            show() { printf '%s\\0' "$#" "$@"; }
            n=0
            cd "$1/in"
            while [ -e "../$n.sh" ]; do
              printf '\\001%s\\002' "$n"
              printf '\\001%s\\002' "$n" >&2
              ( . "../$n.sh" )
              [ -e pwned ] && rm -f pwned && printf '\\003'
              n=$((n + 1))
            done >../out 2>../err </dev/null
            """;

    private Shells() {}

    record Case(String name, String script, List<String> expected) {}

    /** Every shell that can be found here, at least sh; dash is mostly sh itself. */
    static List<List<String>> installed() throws IOException {
        List<List<String>> found = new ArrayList<>();
        List<Path> seen = new ArrayList<>();
        for (String shell : List.of("/bin/sh", "/bin/bash", "/bin/dash", "/bin/busybox")) {
            Path path = Path.of(shell);
            if (Files.isExecutable(path) && !seen.contains(path.toRealPath())) {
                seen.add(path.toRealPath());
                found.add(shell.endsWith("busybox") ? List.of(shell, "sh") : List.of(shell));
            }
        }
        return found;
    }

    /** The cases that made the file that only a value's command makes. */
    static List<String> hacked(Path directory, List<String> shell, List<Case> cases) throws Exception {
        start(directory, shell, cases);
        String[] out = parts(directory.resolve("out"));
        List<String> hacked = new ArrayList<>();
        for (int i = 0; i < Math.min(out.length, cases.size()); i++) {
            if (out[i].indexOf('\3') >= 0) {
                hacked.add(shell + " " + cases.get(i).name() + "\n--- script\n"
                        + cut(cases.get(i).script()));
            }
        }
        return hacked;
    }

    static List<Executable> run(Path directory, List<String> shell, List<Case> cases) throws Exception {
        start(directory, shell, cases);
        String[] out = parts(directory.resolve("out"));
        String[] errors = parts(directory.resolve("err"));
        List<Executable> checks = new ArrayList<>();
        if (out.length != cases.size()) {
            checks.add(
                    () -> fail(shell + " ended at " + cases.get(out.length - 1).name()));
        }
        for (int i = 0; i < Math.min(out.length, cases.size()); i++) {
            Case one = cases.get(i);
            boolean pwned = out[i].indexOf('\3') >= 0;
            List<String> shown = shown(out[i]);
            if (pwned || !shown.equals(one.expected())) {
                String message = (pwned ? "RAN A VALUE: " : "") + shell + " " + one.name() + "\n--- script\n"
                        + cut(one.script()) + "\n--- errors\n" + cut(errors[i]) + "\n--- expected\n"
                        + cut(one.expected().toString()) + "\n--- shown\n" + cut(shown.toString());
                checks.add(() -> fail(message));
            }
        }
        return checks;
    }

    /** What each case wrote, by its number. */
    private static String[] parts(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String[] parts = text.split("\1[0-9]+\2", -1);
        return Arrays.copyOfRange(parts, 1, parts.length);
    }

    private static void start(Path directory, List<String> shell, List<Case> cases) throws Exception {
        Path in = Files.createDirectories(directory.resolve("in"));
        Files.writeString(in.resolve("globbed"), "");
        for (int i = 0; i < cases.size(); i++) {
            Files.writeString(directory.resolve(i + ".sh"), cases.get(i).script() + "\n");
        }
        Path driver = directory.resolve("driver");
        Files.writeString(driver, DRIVER);
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(driver.toString(), directory.toString()));
        execute(command, directory);
    }

    private static String cut(String text) {
        return text.length() > 1500 ? text.substring(0, 1500) + "…" : text;
    }

    private static List<String> shown(String written) {
        List<String> words = new ArrayList<>(Arrays.asList(written.split("\0", -1)));
        if (words.getLast().isEmpty()) {
            words.removeLast();
        }
        return words;
    }

    static void execute(List<String> command, Path directory) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("driver.log").toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the scripts did not end: " + command);
        }
    }
}
