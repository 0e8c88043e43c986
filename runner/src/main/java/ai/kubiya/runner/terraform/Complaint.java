package ai.kubiya.runner.terraform;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first error that Terraform printed, for people who see no more than one sentence of it.
 *
 * @param code a fixed word
 */
record Complaint(String code, String message) {
    private static final int LONGEST = 1500;
    private static final Pattern TITLE = Pattern.compile("(?m)^(?:[│|] )?Error: (.+)$");
    private static final Pattern PLACE = Pattern.compile("(?m)^(?:[│|] )?\\s+on (\\S.*) line (\\d+)");

    /** An error that says no more than that others follow. */
    private static final Pattern PREFACE = Pattern.compile("(?i)encountered problems during initiali[sz]ation.*");

    private record Known(Pattern title, String code) {}

    private static final List<Known> KNOWN = List.of(
            new Known(Pattern.compile("(?i)no value for required variable"), "missing_variable"),
            new Known(Pattern.compile("(?i)invalid value for (input )?variable"), "invalid_variable"),
            new Known(
                    Pattern.compile("(?i)failed to (query available|install) provider|could not retrieve .* provider"
                            + "|no available provider|inconsistent dependency lock"),
                    "provider_unavailable"),
            new Known(Pattern.compile("(?i)saved plan is stale"), "plan_stale"));

    /**
     * Finds it.
     *
     * @param text the end of what was printed on the error output
     * @param command {@code init}, {@code plan} or {@code apply}
     */
    static Complaint of(String text, String command, int exitCode) {
        Matcher title = TITLE.matcher(text);
        if (!title.find()) {
            return new Complaint(
                    command + "_failed", "terraform " + command + " ended with exit code " + exitCode + rest(text));
        }
        if (PREFACE.matcher(title.group(1)).find() && !title.find()) {
            boolean _ = title.find(0);
        }
        String found = title.group(1).strip();
        String after = text.substring(title.end());
        Matcher next = TITLE.matcher(after);
        String own = next.find() ? after.substring(0, next.start()) : after;
        Matcher place = PLACE.matcher(own);
        String where = place.find() ? " (" + place.group(1).replaceAll(",$", "") + " line " + place.group(2) + ")" : "";
        String code = KNOWN.stream()
                .filter(known -> known.title().matcher(found).find())
                .map(Known::code)
                .findFirst()
                .orElse(command + "_failed");
        return new Complaint(code, shortened(found + where + ": " + detail(own)));
    }

    /** Its last paragraph that is no quotation of the code. */
    private static String detail(String text) {
        StringBuilder detail = new StringBuilder();
        for (String paragraph : text.replaceAll("(?m)^[│|╵╷] ?", "").split("\\n\\s*\\n")) {
            if (!paragraph.isBlank()
                    && !paragraph.matches("(?s)\\s+(on|with) \\S.*")
                    && !paragraph.matches("(?s)\\s*\\d+: .*")) {
                detail.append(detail.isEmpty() ? "" : " ")
                        .append(paragraph.strip().replaceAll("\\s+", " "));
            }
        }
        return detail.isEmpty() ? "see the log" : detail.toString();
    }

    private static String rest(String text) {
        String last = text.strip().lines().reduce((a, b) -> b).orElse("");
        return last.isEmpty() ? "" : ": " + shortened(last);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
