package ai.kubiya.server.gitops.event;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.StorableJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what an event must have and collects what it has not. */
final class EventFields {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int LONGEST = 2000;

    private final JsonNode json;
    private final List<FieldProblem> problems = new ArrayList<>();

    EventFields(JsonNode json) {
        this.json = json;
    }

    /** A text that may be missing; what no database takes of it is replaced. */
    String text(String pointer) {
        JsonNode node = json.at(pointer);
        String text = node.isTextual() ? node.textValue() : "";
        return StorableJson.cleaned(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }

    String required(String pointer) {
        String text = text(pointer);
        if (text.isEmpty()) {
            problem(pointer, "is required, as a string");
        }
        return text;
    }

    String commit(String pointer) {
        String commit = required(pointer);
        if (!commit.isEmpty() && !COMMIT.matcher(commit).matches()) {
            problem(pointer, "must be a whole commit id of 40 or 64 hexadecimal digits");
        }
        return commit;
    }

    long number(String pointer) {
        JsonNode node = json.at(pointer);
        if (!node.isIntegralNumber() || node.longValue() < 1) {
            problem(pointer, "is required, as a number from 1");
        }
        return node.longValue();
    }

    boolean flag(String pointer) {
        return json.at(pointer).asBoolean();
    }

    boolean has(String pointer) {
        return !json.at(pointer).isMissingNode() && !json.at(pointer).isNull();
    }

    /** Those of these texts that are there; at least one must be. */
    List<String> anyOf(String... pointers) {
        Set<String> found = new LinkedHashSet<>();
        for (String pointer : pointers) {
            if (!text(pointer).isEmpty()) {
                found.add(text(pointer));
            }
        }
        if (found.isEmpty()) {
            problem(pointers[0], "is required, as a string");
        }
        return List.copyOf(found);
    }

    List<String> texts(String pointer) {
        List<String> texts = new ArrayList<>();
        json.at(pointer).forEach(node -> texts.add(StorableJson.cleaned(node.asText())));
        return texts;
    }

    int size(String pointer) {
        return json.at(pointer).size();
    }

    long count(String pointer, long otherwise) {
        return json.at(pointer).asLong(otherwise);
    }

    void problem(String pointer, String message) {
        problems.add(new FieldProblem(pointer, message));
    }

    /** @throws ApiException 400 with everything that was wrong */
    void check() {
        if (!problems.isEmpty()) {
            throw ApiException.invalid(problems);
        }
    }
}
