package ai.kubiya.server.integration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which fields of a configuration are credentials when nobody says: those with one of these words in their name. Better
 * one too many than one too few, so a field such as {@code project_key} is one as well, unless it is said to be plain. Some
 * values tell by themselves.
 */
final class CredentialRule {
    private static final Set<String> WORDS = Set.of(
            "token",
            "tokens",
            "password",
            "passwd",
            "pwd",
            "pass",
            "passphrase",
            "secret",
            "secrets",
            "key",
            "keys",
            "apikey",
            "credential",
            "credentials",
            "creds",
            "private",
            "bearer",
            "cookie",
            "jwt",
            "pem",
            "kubeconfig",
            "dsn");

    private static final List<String> ENDINGS = List.of("token", "password", "secret", "key", "credential");

    private static final Pattern TELLING = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY");

    private CredentialRule() {}

    /** A url with a password in it, or a private key. */
    static boolean tells(String value) {
        return TELLING.matcher(value).find();
    }

    static boolean takes(String field) {
        return Arrays.stream(words(field))
                .anyMatch(word -> WORDS.contains(word) || ENDINGS.stream().anyMatch(word::endsWith));
    }

    /** {@code apiToken}, {@code API_TOKEN} and {@code api-token} are all "api" and "token". */
    private static String[] words(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z]+");
    }
}
