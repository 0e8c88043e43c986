package ai.kubiya.runner.script;

import java.util.List;
import java.util.Optional;

/**
 * The {@code #!} line of a script.
 *
 * @param program what it starts; behind {@code /usr/bin/env} the program that env looks for
 */
record Shebang(String program) {

    static Optional<Shebang> of(String content) {
        if (!content.startsWith("#!")) {
            return Optional.empty();
        }
        String line = content.lines().findFirst().orElse("").substring(2);
        List<String> words = List.of(line.strip().split("\\s+"));
        String program = words.getFirst();
        if (program.endsWith("/env")) {
            program = words.stream()
                    .skip(1)
                    .filter(word -> !word.startsWith("-") && !word.contains("="))
                    .findFirst()
                    .orElse(program);
        }
        return program.isEmpty() ? Optional.empty() : Optional.of(new Shebang(program));
    }
}
