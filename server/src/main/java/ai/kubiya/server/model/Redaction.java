package ai.kubiya.server.model;

import dev.langchain4j.http.client.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Takes the keys of a request out of what a provider answers: some repeat them in their error messages. */
final class Redaction {
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "x-api-key", "api-key");
    private static final String BEARER = "Bearer ";

    private final List<String> secrets = new ArrayList<>();

    private Redaction() {}

    static Redaction of(HttpRequest request) {
        Redaction redaction = new Redaction();
        request.headers().forEach((name, values) -> {
            if (SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                for (String value : values) {
                    redaction.secrets.add(value.startsWith(BEARER) ? value.substring(BEARER.length()) : value);
                }
            }
        });
        return redaction;
    }

    String apply(String text) {
        String clean = text;
        for (String secret : secrets) {
            // A key of one or two letters (local servers want any key at all) would blank out half the message.
            if (secret.length() >= 4) {
                clean = clean.replace(secret, "***");
            }
        }
        return clean;
    }
}
