package ai.kubiya.server.tool.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a JSON value into one of an argument's type where nothing is lost, and only there. */
final class Coercion {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    // Ten to the power of a million fits in a few characters and would take all memory when written out.
    private static final int MOST_DIGITS = 1000;

    private Coercion() {}

    /** The value as the type, or null when it cannot be said in it. */
    static @Nullable JsonNode to(ArgumentType type, JsonNode value) {
        return switch (type) {
            case STRING, FILE -> text(value);
            case INT -> integer(value);
            case FLOAT -> number(value);
            case BOOL -> bool(value);
            case OBJECT -> structure(value, JsonNode::isObject);
            case ARRAY -> structure(value, JsonNode::isArray);
        };
    }

    private static JsonNode text(JsonNode value) {
        if (value.isTextual()) {
            return value;
        }
        return TextNode.valueOf(value.isValueNode() ? value.asText() : value.toString());
    }

    private static @Nullable JsonNode integer(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value;
        }
        BigDecimal number = decimal(value);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return null;
        }
        BigInteger whole = number.toBigInteger();
        return whole.bitLength() < Long.SIZE ? LongNode.valueOf(whole.longValue()) : BigIntegerNode.valueOf(whole);
    }

    private static @Nullable JsonNode number(JsonNode value) {
        if (value.isNumber()) {
            return value;
        }
        BigDecimal number = decimal(value);
        return number == null ? null : DecimalNode.valueOf(number);
    }

    private static @Nullable BigDecimal decimal(JsonNode value) {
        if (!value.isNumber() && !value.isTextual()) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value.asText().strip());
            return Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS ? null : number;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable JsonNode bool(JsonNode value) {
        if (value.isBoolean()) {
            return value;
        }
        if (!value.isTextual()) {
            return null;
        }
        return switch (value.asText().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> null;
        };
    }

    private static @Nullable JsonNode structure(JsonNode value, java.util.function.Predicate<JsonNode> wanted) {
        if (wanted.test(value)) {
            return value;
        }
        if (!value.isTextual()) {
            return null;
        }
        // Command lines and language models send objects as text.
        try {
            JsonNode read = MAPPER.readTree(value.asText());
            return read != null && wanted.test(read) ? read : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
