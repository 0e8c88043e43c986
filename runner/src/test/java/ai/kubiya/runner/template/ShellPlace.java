package ai.kubiya.runner.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A place in a shell script where {@code {{.v}}} stands, and what must come of it.
 *
 * @param bash only bash knows this syntax
 * @param calls the words of each call of {@code show}
 * @param refused for which values an error is right; otherwise the value must arrive
 * @param tried for which values the place is of use at all
 */
record ShellPlace(
        String template,
        boolean bash,
        Function<String, List<List<String>>> calls,
        Predicate<String> refused,
        Predicate<String> tried) {

    static final Predicate<String> NOT_PLAIN = value -> !value.matches("[A-Za-z0-9_./:@%+,=-]*");
    static final Predicate<String> NOT_A_NUMBER = value -> !value.matches("-?[0-9]+");
    static final Predicate<String> QUOTE =
            value -> value.startsWith("(") || value.chars().anyMatch(c -> "'<>".indexOf(c) >= 0);
    static final Predicate<String> OPTION = value -> value.startsWith("-");
    static final Predicate<String> BRACKET = value -> value.contains("[");
    static final Predicate<String> ENDS_DOCUMENT = value -> value.lines().anyMatch(line -> line.startsWith("EOF"));

    /** One call that gets the value as its one word. */
    static ShellPlace at(String template) {
        return new ShellPlace(template, false, value -> List.of(List.of(value)), value -> false, value -> true);
    }

    static ShellPlace bash(String template) {
        return new ShellPlace(template, true, value -> List.of(List.of(value)), value -> false, value -> true);
    }

    /** A here-document that goes to the file f. */
    static ShellPlace document(String template) {
        return at(template + "show \"$(cat f; echo x)\"").around("", "\nx").refusing(ENDS_DOCUMENT);
    }

    ShellPlace around(String before, String after) {
        return giving(value -> List.of(before + value + after));
    }

    ShellPlace giving(String word) {
        return giving(value -> List.of(word));
    }

    ShellPlace giving(Function<String, List<String>> words) {
        return calling(value -> List.of(words.apply(value)));
    }

    ShellPlace calling(Function<String, List<List<String>>> calls) {
        return new ShellPlace(template, bash, calls, refused, tried);
    }

    /** Between other words, split at white space. */
    ShellPlace splitting(String before, String... after) {
        return giving(value -> between(before, value, after));
    }

    static List<String> between(String before, String value, String... after) {
        List<String> all = new ArrayList<>(List.of(before));
        all.addAll(split(value));
        all.addAll(Arrays.asList(after));
        return all;
    }

    ShellPlace refusing(Predicate<String> refused) {
        return new ShellPlace(template, bash, calls, refused, tried);
    }

    ShellPlace only(Predicate<String> tried) {
        return new ShellPlace(template, bash, calls, refused, tried);
    }

    static List<String> split(String value) {
        return Arrays.stream(value.split("[ \t\n]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** What the script must write: for each call the number of its words, and the words. */
    List<String> shown(String value) {
        List<String> shown = new ArrayList<>();
        for (List<String> words : calls.apply(value)) {
            shown.add(String.valueOf(words.size()));
            shown.addAll(words);
        }
        return shown;
    }
}
