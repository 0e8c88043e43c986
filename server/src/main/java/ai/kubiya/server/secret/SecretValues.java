package ai.kubiya.server.secret;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Secrets that the operator gives the server: {@code KUBIYA_SECRET_NAME} holds the value of the secret NAME. */
public final class SecretValues {
    private static final String PREFIX = "KUBIYA_SECRET_";

    private final Map<String, String> environment;

    public SecretValues(Map<String, String> environment) {
        this.environment = environment;
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(environment.get(variable(name)));
    }

    /** Where an operator sets a secret. */
    public static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
