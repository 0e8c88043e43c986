package ai.kubiya.server.webhook.incoming.sender;

import java.util.Map;
import java.util.Optional;

/**
 * What a sender posted.
 *
 * @param headers by lower-case name
 * @param body byte for byte, which is what signatures are over; as text, because it has to be UTF-8
 */
public record Posted(Map<String, String> headers, String body) {
    public Posted {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
    }
}
