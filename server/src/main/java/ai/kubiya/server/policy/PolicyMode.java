package ai.kubiya.server.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What comes of an expression that is not true. The wire name is the lower-case name. */
enum PolicyMode {
    /** It is refused. */
    ENFORCE,
    /** It is noted in the audit trail and happens all the same. */
    WARN;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<PolicyMode> of(String wireName) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName().equals(wireName))
                .findFirst();
    }
}
