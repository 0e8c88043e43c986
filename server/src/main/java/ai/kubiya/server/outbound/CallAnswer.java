package ai.kubiya.server.outbound;

import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param headers by lower-case name
 * @param body as text; what is no text in UTF-8 is replaced
 * @param whole false when the body went on, or broke off
 */
public record CallAnswer(int status, Map<String, String> headers, String body, boolean whole) {
    public CallAnswer {
        headers = Map.copyOf(headers);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
