package ai.kubiya.server.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a source's tools come from. The wire name is the lower-case name. */
public enum SourceType {
    GIT,
    ZIP,
    INLINE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SourceType> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(name))
                .findFirst();
    }
}
