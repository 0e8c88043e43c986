package ai.kubiya.runner.script;

import java.util.List;
import java.util.stream.Collectors;

/** Words as a POSIX shell reads them back unchanged. */
final class Quoting {
    private Quoting() {}

    static String word(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    static String words(List<String> texts) {
        return texts.stream().map(Quoting::word).collect(Collectors.joining(" "));
    }
}
