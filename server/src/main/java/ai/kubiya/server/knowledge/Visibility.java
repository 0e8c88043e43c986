package ai.kubiya.server.knowledge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who may read an entry at most; groups narrow it further. Nobody outside the organisation ever does. */
public enum Visibility {
    /** Its owner and administrators. */
    PRIVATE,
    /** Everybody in the organisation, or its groups. */
    ORGANIZATION,
    /** As {@link #ORGANIZATION}, never for groups alone: nothing in it needs to be kept back. */
    PUBLIC;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Visibility> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(visibility -> visibility.wireName().equals(name))
                .findFirst();
    }
}
