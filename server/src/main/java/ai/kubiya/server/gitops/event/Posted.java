package ai.kubiya.server.gitops.event;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody posted to a hook.
 *
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent")
public record Posted(Map<String, String> headers, byte[] body) {
    private static final String FORM = "payload=";

    /** The first of these headers that is there. */
    Optional<String> header(String... names) {
        return List.of(names).stream().filter(headers::containsKey).findFirst().map(headers::get);
    }

    /**
     * The body as JSON. GitHub can send it as a field of a form, too.
     *
     * @throws ApiException 400 when it is none
     */
    JsonNode json() {
        try {
            String type = headers.getOrDefault("content-type", "");
            if (!type.startsWith("application/x-www-form-urlencoded")) {
                return Json.MAPPER.readTree(body);
            }
            String form = new String(body, StandardCharsets.UTF_8);
            // curl says that everything is a form unless it is told otherwise.
            return form.startsWith(FORM)
                    ? Json.MAPPER.readTree(URLDecoder.decode(form.substring(FORM.length()), StandardCharsets.UTF_8))
                    : Json.MAPPER.readTree(body);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw ApiException.of(ErrorCode.INVALID_JSON, "The event is not valid JSON.", e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
