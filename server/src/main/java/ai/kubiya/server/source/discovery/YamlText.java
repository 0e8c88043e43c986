package ai.kubiya.server.source.discovery;

import ai.kubiya.server.http.ApiException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** YAML that a client sends in a text, read by the rules of files in repositories. */
public final class YamlText {
    private YamlText() {}

    /**
     * Reads one document.
     *
     * @param field where the text stands
     * @throws ApiException 400 when it is no YAML, or no object
     */
    public static ObjectNode object(String text, String field) {
        List<JsonNode> documents;
        try {
            documents = new YamlReader().read(text);
        } catch (ToolFileException e) {
            throw ApiException.invalid(field, "is no YAML: " + e.text());
        }
        if (documents.size() == 1 && documents.getFirst() instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.invalid(field, "must hold one YAML document that is an object");
    }
}
