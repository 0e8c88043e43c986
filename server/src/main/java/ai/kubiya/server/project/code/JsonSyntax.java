package ai.kubiya.server.project.code;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.code.HclBody.Attribute;
import ai.kubiya.server.project.code.HclBody.Block;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Terraform's other syntax, files that end in {@code .tf.json}, as if it were HCL. */
final class JsonSyntax {
    /** How many labels blocks of a type have. */
    private static final Map<String, Integer> LABELS = Map.of(
            "terraform",
            0,
            "locals",
            0,
            "variable",
            1,
            "output",
            1,
            "provider",
            1,
            "module",
            1,
            "resource",
            2,
            "data",
            2);

    /** Blocks within those. */
    private static final List<String> INNER = List.of("validation", "required_providers", "backend", "cloud");

    private JsonSyntax() {}

    static HclBody parse(String text) throws HclException {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new HclException(line, "is not valid JSON");
        }
        if (!(root instanceof ObjectNode object)) {
            throw new HclException(1, "must be a JSON object");
        }
        List<Block> blocks = new ArrayList<>();
        object.properties().forEach(entry -> {
            Integer labels = LABELS.get(entry.getKey());
            if (labels != null) {
                addBlocks(entry.getKey(), labels, List.of(), entry.getValue(), blocks);
            }
        });
        return new HclBody(List.of(), blocks);
    }

    private static void addBlocks(String type, int labels, List<String> before, JsonNode value, List<Block> to) {
        if (value instanceof ArrayNode array) {
            array.forEach(one -> addBlocks(type, labels, before, one, to));
        } else if (value instanceof ObjectNode object) {
            if (labels == 0) {
                to.add(new Block(type, before, body(object), 1));
                return;
            }
            object.properties().forEach(entry -> {
                List<String> more = new ArrayList<>(before);
                more.add(entry.getKey());
                addBlocks(type, labels - 1, more, entry.getValue(), to);
            });
        }
    }

    private static HclBody body(ObjectNode object) {
        List<Attribute> attributes = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        object.properties().forEach(entry -> {
            if (INNER.contains(entry.getKey())) {
                addBlocks(entry.getKey(), 0, List.of(), entry.getValue(), blocks);
            } else if (!entry.getKey().equals("//")) {
                attributes.add(new Attribute(entry.getKey(), Json.text(entry.getValue()), 1));
            }
        });
        return new HclBody(attributes, blocks);
    }
}
