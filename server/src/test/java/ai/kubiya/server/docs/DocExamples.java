package ai.kubiya.server.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The examples of a page as one script for bash, in the order of the page.
 *
 * <p>Blocks that begin with {@code ```sh}, {@code python}, {@code js} or {@code java} are examples; {@code json} has to be
 * JSON. A comment {@code <!-- not run: why -->} before one leaves it out, {@code <!-- before … -->} has commands that readers
 * need not see. An answer with an error is a failure, unless the example shows
 * it in a comment.
 */
final class DocExamples {
    private static final Pattern PART = Pattern.compile(
            "<!-- not run: (?<why>[^\n]+) -->|<!-- before\n(?<before>.*?)\n-->"
                    + "|^```(?<language>sh|python|js|java|json)\n(?<code>.*?)^```",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SHOWN_ERROR = Pattern.compile("(?m)^# \\{\"error\"");
    private static final Map<String, String> RUN = Map.of(
            "python", "python3 example.py",
            "js", "node example.cjs",
            "java", "\"$JAVA\" -cp \"$CLASSPATH\" Example.java");

    private DocExamples() {}

    /** Why an example is left out, by its line. */
    static List<String> notRun(String page) {
        List<String> reasons = new ArrayList<>();
        Matcher part = PART.matcher(page);
        while (part.find()) {
            if (part.group("why") != null) {
                reasons.add(part.group("why"));
            }
        }
        return reasons;
    }

    static List<String> json(String page) {
        return PART.matcher(page)
                .results()
                .filter(part -> "json".equals(part.group("language")))
                .map(part -> part.group("code"))
                .toList();
    }

    /** Empty when the page has no example. */
    static String script(String page) {
        StringBuilder script = new StringBuilder();
        boolean skip = false;
        Matcher part = PART.matcher(page);
        while (part.find()) {
            String language = part.group("language");
            if (part.group("why") != null) {
                skip = true;
                continue;
            }
            int line = page.substring(0, part.start()).split("\n", -1).length;
            if (part.group("before") != null) {
                script.append(step(line, "before", part.group("before")));
            } else if (!skip && !"json".equals(language)) {
                script.append(step(line, language, part.group("code")));
            }
            skip = skip && part.group("before") != null;
        }
        return script.toString();
    }

    private static String step(int line, String language, String code) {
        long errors = SHOWN_ERROR.matcher(code).results().count();
        String run = RUN.get(language);
        String commands = run == null
                ? code
                : "cat > %s <<'END_OF_EXAMPLE'\n%s\nEND_OF_EXAMPLE\n%s"
                        .formatted(run.replaceFirst(".* ", ""), wrapped(language, code), run);
        return """

                echo "=== line %d"
                : > "$REFUSED"
                %s
                [ "$(wc -l < "$REFUSED")" -eq %d ] || { echo "unexpected answers, %d errors are shown:"; cat "$REFUSED"; exit 1; }
                """.formatted(line, commands, errors, errors);
    }

    /** What readers know must stand around a piece of their language. */
    private static String wrapped(String language, String code) {
        return switch (language) {
            case "js" ->
                "(async () => {\n" + code + "\n})().catch((error) => { console.error(error); process.exit(1); });";
            case "java" ->
                "import ai.kubiya.sdk.*;\nimport ai.kubiya.sdk.model.*;\nvoid main() throws Exception {\n" + code
                        + "\n}";
            default -> code;
        };
    }
}
