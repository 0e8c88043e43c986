package ai.kubiya.server.project;

import ai.kubiya.server.http.JsonFields;
import java.util.Map;
import java.util.regex.Pattern;

/** Code that is sent along: what files may be called, and how much there may be. */
final class InlineFiles {
    private static final int MOST_FILES = 200;
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final Pattern SEGMENT =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_. -]*|\\.[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private InlineFiles() {}

    static Map<String, String> of(JsonFields fields) {
        Map<String, String> files = fields.textMap("files");
        if (files.size() > MOST_FILES) {
            fields.problem("/files", "must hold at most " + MOST_FILES + " files, got " + files.size());
        }
        long characters = files.values().stream().mapToLong(String::length).sum();
        if (characters > MOST_CHARACTERS) {
            fields.problem(
                    "/files",
                    "must hold at most " + MOST_CHARACTERS + " characters, got " + characters
                            + "; keep larger code in a git repository");
        }
        files.forEach((name, content) -> {
            String pointer = "/files/" + name.replace("~", "~0").replace("/", "~1");
            if (!isGoodName(name)) {
                fields.problem(pointer, "is not a relative file name such as main.tf or modules/network/main.tf");
            } else if (content.indexOf('\0') >= 0) {
                fields.problem(pointer, "must not contain a NUL character");
            }
        });
        return files;
    }

    /** Relative, without steps upwards, and nothing of Terraform's own: its state and its caches are kept elsewhere. */
    static boolean isGoodName(String name) {
        if (name.isEmpty() || name.length() > 300 || name.contains(".tfstate")) {
            return false;
        }
        for (String segment : name.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches() || segment.equals(".terraform") || segment.equals(".git")) {
                return false;
            }
        }
        return true;
    }
}
