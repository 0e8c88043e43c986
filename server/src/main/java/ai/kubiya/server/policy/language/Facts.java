package ai.kubiya.server.policy.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.values.NullValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an expression sees as {@code input}: JSON, in values of the language.
 *
 * @param values null is {@link NullValue#NULL_VALUE}, the field {@code time} a timestamp
 */
public record Facts(Map<String, Object> values) {
    private static final String TIME = "time";

    /**
     * Takes JSON over.
     *
     * @param most characters and values together
     * @return empty when there are more
     */
    public static Optional<Facts> of(ObjectNode json, int most) {
        Reading reading = new Reading(most);
        Map<String, Object> values = new LinkedHashMap<>(reading.map(json));
        if (values.get(TIME) instanceof String text) {
            try {
                values.put(TIME, Instant.parse(text));
            } catch (DateTimeParseException e) {
                // Stays a string.
            }
        }
        return reading.left < 0 ? Optional.empty() : Optional.of(new Facts(values));
    }

    private static final class Reading {
        private int left;

        Reading(int most) {
            this.left = most;
        }

        Map<String, Object> map(JsonNode object) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                left -= entry.getKey().length();
                if (left < 0) {
                    break;
                }
                map.put(entry.getKey(), value(entry.getValue()));
            }
            return map;
        }

        private List<Object> list(JsonNode array) {
            List<Object> list = new ArrayList<>();
            for (JsonNode element : array) {
                if (left < 0) {
                    break;
                }
                list.add(value(element));
            }
            return list;
        }

        private Object value(JsonNode node) {
            left--;
            return switch (node.getNodeType()) {
                case OBJECT -> map(node);
                case ARRAY -> list(node);
                case BOOLEAN -> node.booleanValue();
                case NUMBER -> node.canConvertToExactIntegral() && node.canConvertToLong()
                        ? (Object) node.longValue()
                        : (Object) node.doubleValue();
                case NULL, MISSING -> NullValue.NULL_VALUE;
                default -> {
                    String text = node.asText();
                    left -= text.length();
                    yield text;
                }
            };
        }
    }
}
