package ai.kubiya.runner.executor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The operator's word on where tools run; the setting has the lower-case name. */
public enum Choice {
    /** A container engine for tools with an image, otherwise the sandbox, otherwise the host where that is allowed. */
    AUTO,
    DOCKER,
    PODMAN,
    SANDBOX,
    HOST,
    /** Every run is a Job. */
    KUBERNETES;

    public static Choice parse(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no executor " + word + "; it is one of " + words()));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String words() {
        return Arrays.stream(values()).map(Choice::word).collect(Collectors.joining(", "));
    }
}
