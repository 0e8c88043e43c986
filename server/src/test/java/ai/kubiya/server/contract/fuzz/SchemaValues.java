package ai.kubiya.server.contract.fuzz;

import static ai.kubiya.server.contract.fuzz.Ground.pick;

import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Part;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes values that are as a schema says, or nearly so. */
final class SchemaValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;

    private final DescribedApi api;
    private final Ground ground;
    private final RandomGenerator random;
    private final boolean careful;

    /**
     * Makes values.
     *
     * @param careful whether they are all right, as far as a schema can tell
     */
    SchemaValues(DescribedApi api, Ground ground, RandomGenerator random, boolean careful) {
        this.api = api;
        this.ground = ground;
        this.random = random;
        this.careful = careful;
    }

    /** A field whose value is dialled, so that it must name nothing beyond this machine. */
    static boolean isDialled(String field) {
        return field.matches("(?i)(.*_)?ur[li]");
    }

    /** Where these are missing, a place beyond this machine is dialled. */
    static boolean mustBeSaid(String field) {
        return field.startsWith("base_") && isDialled(field);
    }

    /**
     * A value.
     *
     * @param field whose value it is; empty for none
     */
    JsonNode value(Part schema, String field, int depth) {
        if (isDialled(field)) {
            return NODES.textNode(pick(Oddities.URLS, random));
        }
        JsonNode node = schema.node();
        if (node.has("const")) {
            return node.path("const");
        }
        if (node.path("enum").size() > 0) {
            return node.path("enum").get(random.nextInt(node.path("enum").size()));
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (node.has(choice)) {
                return value(pick(api.elements(api.child(schema, choice)), random), field, depth);
            }
        }
        if (depth > DEEPEST) {
            return NODES.nullNode();
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, field, depth);
            case "integer" -> NODES.numberNode(integer(node));
            case "number" -> random.nextBoolean() ? NODES.numberNode(integer(node)) : NODES.numberNode(0.5);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "null" -> NODES.nullNode();
            case "string" -> NODES.textNode(text(node, field));
            default -> anything();
        };
    }

    /** Some fields that some operation has, for requests that nobody described. */
    ObjectNode anyFields() {
        ObjectNode object = NODES.objectNode();
        List<Part> schemas = api.elements(api.part("/components/schemas"));
        for (int i = random.nextInt(3); i >= 0; i--) {
            Part schema = pick(schemas, random);
            object.setAll(object(schema, 2));
        }
        return object;
    }

    private String type(Part schema) {
        JsonNode type = schema.at("type");
        if (type.isArray()) {
            return type.get(random.nextInt(type.size())).asText();
        }
        return schema.node().has("properties") || schema.node().has("allOf") ? "object" : type.asText();
    }

    private ObjectNode object(Part schema, int depth) {
        ObjectNode object = NODES.objectNode();
        api.elements(api.child(schema, "allOf")).forEach(part -> object.setAll(object(part, depth)));
        List<String> required = new ArrayList<>();
        schema.at("required").forEach(name -> required.add(name.asText()));
        Part properties = api.child(schema, "properties");
        properties.node().fieldNames().forEachRemaining(name -> {
            Part property = api.child(properties, name);
            boolean readOnly = property.at("readOnly").asBoolean();
            boolean sent = mustBeSaid(name)
                    || (readOnly ? random.nextInt(20) == 0 : random.nextInt(100) < chance(required.contains(name)));
            if (sent) {
                object.set(name, value(property, name, depth + 1));
            }
        });
        Part others = api.child(schema, "additionalProperties");
        boolean open = others.node().isObject()
                || (properties.node().isMissingNode() && !others.node().isBoolean());
        for (int i = open ? random.nextInt(3) : 0; i > 0; i--) {
            String name = !careful && random.nextInt(6) == 0
                    ? Oddities.text(random)
                    : pick(List.of("a", "to", "A_B", "x-y"), random);
            if (!isDialled(name)) {
                object.set(name, others.node().isObject() ? value(others, "", depth + 1) : anything());
            }
        }
        return object;
    }

    /** In percent, that a field is sent. */
    private int chance(boolean required) {
        return required ? careful ? 100 : 98 : careful ? 15 : 35;
    }

    private ArrayNode array(Part schema, String field, int depth) {
        ArrayNode array = NODES.arrayNode();
        Part items = api.child(schema, "items");
        String singular = field.endsWith("s") ? field.substring(0, field.length() - 1) : field;
        for (int i = random.nextInt(3); i > 0; i--) {
            array.add(items.node().isMissingNode() ? anything() : value(items, singular, depth + 1));
        }
        if (!careful && !array.isEmpty() && random.nextInt(5) == 0) {
            array.add(array.get(0));
        }
        return array;
    }

    private long integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(1_000_000);
        return switch (careful ? 3 : random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> pick(List.of(least - 1, most + 1, -1L, 0L, Long.MAX_VALUE, Long.MIN_VALUE), random);
            default -> least + random.nextLong(Math.clamp(most - least, 1, 100));
        };
    }

    private String text(JsonNode schema, String field) {
        int choice = random.nextInt(20);
        if (choice == 0 && !careful) {
            return Oddities.text(random);
        }
        if (schema.path("format").asText().startsWith("date") && choice < 16) {
            return careful ? "2099-01-31T12:00:00Z" : pick(Oddities.TIMES, random);
        }
        if (schema.path("format").asText().equals("uuid")) {
            return ground.reference(field, random).orElseGet(() -> ground.any(random));
        }
        if (List.of("name", "title", "email").contains(field)) {
            return "n" + random.nextInt(100_000) + (field.equals("email") ? "@example.com" : "");
        }
        if (choice < 14) {
            Optional<String> reference = careful ? ground.ownReference(field, random) : ground.reference(field, random);
            if (reference.isPresent()) {
                return reference.get();
            }
        }
        return schema.has("example") && (careful || choice < 17)
                ? schema.path("example").asText()
                : "some text";
    }

    private JsonNode anything() {
        return switch (careful ? 5 : random.nextInt(6)) {
            case 0 -> NODES.numberNode(random.nextInt());
            case 1 -> NODES.booleanNode(true);
            case 2 -> NODES.arrayNode().add("a").add(1).addNull();
            case 3 -> NODES.objectNode().put("a", "b").putNull("c");
            default -> NODES.textNode(!careful && random.nextBoolean() ? Oddities.text(random) : ground.any(random));
        };
    }
}
