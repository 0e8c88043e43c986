package ai.kubiya.server.runner;

import ai.kubiya.server.http.JsonFields;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What runners are good for: words such as {@code gpu} or {@code region=eu}. */
public final class Labels {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}(=[A-Za-z0-9._/-]{0,63})?");
    private static final int MOST = 32;
    private static final String AUTO = "auto:";

    private Labels() {}

    /** The labels of a request's body, with what is wrong with them noted. */
    static List<String> of(JsonFields fields, String field) {
        List<String> labels = fields.texts(field).stream().distinct().toList();
        for (int i = 0; i < labels.size(); i++) {
            if (!LABEL.matcher(labels.get(i)).matches()) {
                fields.problem(
                        "/" + field + "/" + i,
                        "must be a word or name=value of at most 63 letters, digits, '.', '_', '/' and '-' each, got \""
                                + labels.get(i) + "\"");
            }
        }
        if (labels.size() > MOST) {
            fields.problem("/" + field, "must be at most " + MOST + " labels");
        }
        return labels;
    }

    /** Those of a runner's own that can be kept. */
    public static List<String> usable(Collection<String> labels) {
        return labels.stream()
                .filter(label -> label != null && LABEL.matcher(label).matches())
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** The labels that {@code auto:LABEL,LABEL} asks for; empty for any other name. */
    static Optional<List<String>> wantedBy(String name) {
        return name.startsWith(AUTO)
                ? Optional.of(Arrays.stream(name.substring(AUTO.length()).split(","))
                        .map(String::trim)
                        .filter(label -> !label.isEmpty())
                        .toList())
                : Optional.empty();
    }
}
