package ai.kubiya.server.project.template;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.code.CodeLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a template's code is, as a word that can stand in a path: clients do not escape ids. */
final class TemplateId {
    private static final String START = "tpl_";

    private TemplateId() {}

    static String of(CodeLocation code) {
        String place = Json.text(Json.array(List.of(code.url(), code.branch(), code.path())));
        return START + Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when the word is no such id. */
    static Optional<CodeLocation> parse(String id) {
        if (!id.startsWith(START)) {
            return Optional.empty();
        }
        try {
            byte[] place = Base64.getUrlDecoder().decode(id.substring(START.length()));
            JsonNode parts = Json.MAPPER.readTree(new String(place, StandardCharsets.UTF_8));
            return parts.isArray()
                            && parts.size() == 3
                            && !parts.path(0).asText().isBlank()
                    ? Optional.of(new CodeLocation(
                            parts.path(0).asText(),
                            parts.path(1).asText(),
                            parts.path(2).asText(),
                            Map.of()))
                    : Optional.empty();
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
