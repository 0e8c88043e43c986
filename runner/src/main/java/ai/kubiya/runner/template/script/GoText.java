package ai.kubiya.runner.template.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;

/** Text of a value as Go prints it, except that lists and objects are JSON, which other programs can read. */
public final class GoText {
    private GoText() {}

    public static String of(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> "";
            case STRING -> node.textValue();
            case NUMBER -> node.isFloatingPointNumber() ? number(node) : node.asText();
            case ARRAY, OBJECT, BINARY, POJO, BOOLEAN -> node.isContainerNode() ? node.toString() : node.asText();
        };
    }

    static String json(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    /** Go's %v of a float64: shortest digits, an exponent below 1e-4 and from 1e21 on. */
    private static String number(JsonNode node) {
        double value = node.doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return node.asText();
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 21) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
        return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + size;
    }
}
