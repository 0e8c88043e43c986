package ai.kubiya.runner.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as Go writes them. */
public final class Numbers {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F]{1,16}|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?)");

    private Numbers() {}

    public static boolean isNumber(String text) {
        return text.length() <= 40 && NUMBER.matcher(text).matches();
    }

    public static boolean isInteger(String text) {
        return isNumber(text) && !text.matches(".*[.].*|[^xX]*[eE].*");
    }

    /** Only for what {@link #isNumber} accepts. */
    public static JsonNode parse(String text) {
        if (!isInteger(text)) {
            return DoubleNode.valueOf(Double.parseDouble(text));
        }
        String digits = text.replaceFirst("^[-+]", "");
        boolean hexadecimal = digits.startsWith("0x") || digits.startsWith("0X");
        BigInteger value = hexadecimal ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
        value = text.startsWith("-") ? value.negate() : value;
        return value.bitLength() < 64 ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }
}
