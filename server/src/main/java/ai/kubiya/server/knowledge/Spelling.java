package ai.kubiya.server.knowledge;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry has two spellings (contract, section 7): the title is the name, tags are labels, and the source is also within
 * the metadata. Clients send one, or both after reading them.
 */
final class Spelling {
    private static final Map<String, String> OTHERS = Map.of("title", "name", "tags", "labels");

    private Spelling() {}

    /**
     * What was sent in one spelling. Where both were sent and differ, the one that is not as stored is what the client
     * changed.
     *
     * @param stored the entry in the one spelling; empty when it is new
     * @throws ApiException 400 when both spellings were changed, and not alike
     */
    static ObjectNode plain(ObjectNode sent, ObjectNode stored) {
        ObjectNode plain = sent.deepCopy();
        List<FieldProblem> problems = new ArrayList<>();
        OTHERS.forEach((other, name) -> {
            if (plain.has(other)) {
                JsonNode value = plain.remove(other);
                choose(plain, name, value, stored, "/" + other, problems);
            }
        });
        if (plain.get("metadata") instanceof ObjectNode metadata && metadata.has("source")) {
            choose(plain, "source", metadata.remove("source"), stored, "/metadata/source", problems);
        }
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
        return plain;
    }

    private static void choose(
            ObjectNode plain,
            String name,
            JsonNode other,
            ObjectNode stored,
            String pointer,
            List<FieldProblem> problems) {
        JsonNode value = plain.get(name);
        JsonNode before = stored.get(name);
        if (value == null || (isEmpty(value) && !isEmpty(other)) || value.equals(before)) {
            plain.set(name, other);
        } else if (!other.equals(value) && !other.equals(before) && !isEmpty(other)) {
            problems.add(new FieldProblem(
                    pointer, "is another spelling of /" + name + ", and they differ: send one of them"));
        }
    }

    private static boolean isEmpty(@Nullable JsonNode value) {
        return value == null || value.isNull();
    }

    /** Nothing is stored yet. */
    static final ObjectNode NOTHING = Json.object();
}
