package ai.kubiya.server.policy.expression;

import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.NullValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What the values of a variable look like: the type that expressions are checked against, and how JSON becomes a value. */
sealed interface Shape {

    CelType type();

    /**
     * The value of what was sent. What is missing or null becomes a value too, an empty one, so that expressions can read
     * every field that they know.
     *
     * @param problems is told of everything that does not fit, by its JSON pointer
     */
    Object value(JsonNode json, String pointer, BiConsumer<String, String> problems);

    private static boolean isNothing(JsonNode json) {
        return json.isMissingNode() || json.isNull();
    }

    private static void wrong(JsonNode json, String wanted, String pointer, BiConsumer<String, String> problems) {
        if (!isNothing(json)) {
            problems.accept(pointer, "must be " + wanted + ", got " + JsonFields.kind(json));
        }
    }

    /** A string. */
    record Text() implements Shape {
        @Override
        public CelType type() {
            return SimpleType.STRING;
        }

        @Override
        public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
            if (json.isTextual()) {
                return json.textValue();
            }
            wrong(json, "a string", pointer, problems);
            return "";
        }
    }

    /** True or false. */
    record Flag() implements Shape {
        @Override
        public CelType type() {
            return SimpleType.BOOL;
        }

        @Override
        public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
            if (!json.isBoolean()) {
                wrong(json, "true or false", pointer, problems);
            }
            return json.asBoolean();
        }
    }

    /** A moment; the beginning of 1970 where none was sent. */
    record Time() implements Shape {
        @Override
        public CelType type() {
            return SimpleType.TIMESTAMP;
        }

        @Override
        public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
            if (json.isTextual()) {
                try {
                    return OffsetDateTime.parse(json.textValue()).toInstant();
                } catch (DateTimeException e) {
                    problems.accept(
                            pointer, "must be a time as 2026-11-24T09:30:00Z, got \"" + json.textValue() + "\"");
                }
            } else {
                wrong(json, "a time as 2026-11-24T09:30:00Z", pointer, problems);
            }
            return Instant.EPOCH;
        }
    }

    /** Whatever JSON can say. Expressions are checked against it when they are evaluated. */
    record Anything() implements Shape {
        @Override
        public CelType type() {
            return SimpleType.DYN;
        }

        @Override
        public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
            return of(json);
        }

        private static Object of(JsonNode json) {
            return switch (json.getNodeType()) {
                case STRING -> json.textValue();
                case BOOLEAN -> json.booleanValue();
                case NUMBER ->
                    json.isIntegralNumber() && json.canConvertToLong()
                            ? (Object) json.longValue()
                            : (Object) json.doubleValue();
                case ARRAY -> {
                    List<Object> list = new ArrayList<>(json.size());
                    json.forEach(element -> list.add(of(element)));
                    yield list;
                }
                case OBJECT -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    json.properties().forEach(entry -> map.put(entry.getKey(), of(entry.getValue())));
                    yield map;
                }
                case NULL, MISSING, BINARY, POJO -> NullValue.NULL_VALUE;
            };
        }
    }

    /** Any keys, any values. */
    record Keyed() implements Shape {
        @Override
        public CelType type() {
            return MapType.create(SimpleType.STRING, SimpleType.DYN);
        }

        @Override
        public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
            if (json.isObject()) {
                return Anything.of(json);
            }
            wrong(json, "an object", pointer, problems);
            return Map.of();
        }
    }

    /** Elements of one shape. */
    record ListOf(Shape element) implements Shape {
        @Override
        public CelType type() {
            return ListType.create(element.type());
        }

        @Override
        public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
            if (!json.isArray()) {
                wrong(json, "an array", pointer, problems);
                return List.of();
            }
            List<Object> list = new ArrayList<>(json.size());
            for (int i = 0; i < json.size(); i++) {
                list.add(element.value(json.get(i), pointer + "/" + i, problems));
            }
            return list;
        }
    }

    /**
     * An object of known fields.
     *
     * @param name of the type, in messages about mistakes
     * @param open whether other fields may be sent, for which there is no use
     */
    record Fields(String name, Map<String, Shape> fields, boolean open) implements Shape {
        @Override
        @SuppressWarnings("Immutable") // the fields of a shape are never changed
        public CelType type() {
            return StructType.create(
                    name,
                    ImmutableSet.copyOf(fields.keySet()),
                    field -> Optional.ofNullable(fields.get(field)).map(Shape::type));
        }

        @Override
        public Object value(JsonNode json, String pointer, BiConsumer<String, String> problems) {
            boolean sent = json.isObject();
            if (!sent) {
                wrong(json, "an object", pointer, problems);
            }
            Map<String, Object> map = new LinkedHashMap<>();
            fields.forEach((field, shape) -> map.put(
                    field,
                    shape.value(sent ? json.path(field) : MissingNode.getInstance(), pointer + "/" + field, problems)));
            if (!open) {
                json.fieldNames().forEachRemaining(field -> {
                    if (!fields.containsKey(field)) {
                        problems.accept(
                                pointer + "/" + field,
                                "is not a field here; the fields are " + String.join(", ", fields.keySet()));
                    }
                });
            }
            return map;
        }
    }
}
