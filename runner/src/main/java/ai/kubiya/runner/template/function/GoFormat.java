package ai.kubiya.runner.template.function;

import ai.kubiya.runner.template.script.GoText;
import ai.kubiya.runner.template.script.Refused;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Go's print and printf, as far as templates use them. */
final class GoFormat {
    private static final int WIDEST = 1000;

    private final String format;
    private final List<JsonNode> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;

    private GoFormat(String format, List<JsonNode> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /** A blank between two operands when neither is text. */
    static String print(List<JsonNode> nodes) throws Refused {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            if (i > 0 && !nodes.get(i).isTextual() && !nodes.get(i - 1).isTextual()) {
                out.append(' ');
            }
            append(out, GoText.of(nodes.get(i)));
        }
        return out.toString();
    }

    static String printf(String format, List<JsonNode> arguments) throws Refused {
        GoFormat run = new GoFormat(format, arguments);
        run.run();
        return run.out.toString();
    }

    private static void append(StringBuilder out, String text) throws Refused {
        if ((long) out.length() + text.length() > Budget.LONGEST_VALUE) {
            throw new Refused("the template computes too much text");
        }
        out.append(text);
    }

    private void run() throws Refused {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            int end = percent < 0 ? format.length() : percent;
            append(out, format.substring(at, end));
            at = end + 1;
            if (percent >= 0) {
                directive();
            }
        }
        if (used < arguments.size()) {
            append(out, "%!(EXTRA)");
        }
    }

    private void directive() throws Refused {
        int start = at;
        while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flags = format.substring(start, at);
        int width = number();
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = number();
        }
        if (at >= format.length()) {
            append(out, "%!(NOVERB)");
            return;
        }
        char verb = format.charAt(at++);
        if (verb == '%') {
            append(out, "%");
        } else if (used >= arguments.size()) {
            append(out, "%!" + verb + "(MISSING)");
        } else {
            append(out, pad(text(verb, arguments.get(used++), flags, precision), flags, width));
        }
    }

    private int number() throws Refused {
        int value = 0;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            value = value * 10 + format.charAt(at++) - '0';
            if (value > WIDEST) {
                throw new Refused("printf: a width of more than " + WIDEST);
            }
        }
        return value;
    }

    private static String pad(String text, String flags, int width) {
        String blank = " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
        if (flags.contains("-")) {
            return text + blank;
        }
        if (flags.contains("0")) {
            boolean sign = text.startsWith("-") || text.startsWith("+");
            return (sign ? text.substring(0, 1) : "") + blank.replace(' ', '0') + text.substring(sign ? 1 : 0);
        }
        return blank + text;
    }

    private static String text(char verb, JsonNode node, String flags, int precision) {
        String plain = GoText.of(node);
        boolean plus = flags.contains("+") && node.isNumber() && !plain.startsWith("-");
        return switch (verb) {
            case 'v' -> plus ? "+" + plain : plain;
            case 's' -> {
                boolean cut = precision >= 0 && plain.codePointCount(0, plain.length()) > precision;
                yield cut ? plain.substring(0, plain.offsetByCodePoints(0, precision)) : plain;
            }
            case 'q' -> TextNode.valueOf(plain).toString();
            case 't' -> node.isBoolean() ? plain : wrong(verb, plain);
            case 'd' -> node.isIntegralNumber() ? (plus ? "+" : "") + plain : wrong(verb, plain);
            case 'x', 'X' -> {
                String digits = node.isIntegralNumber()
                        ? new BigInteger(plain).toString(16)
                        : HexFormat.of().formatHex(plain.getBytes(StandardCharsets.UTF_8));
                yield verb == 'x' ? digits : digits.toUpperCase(Locale.ROOT);
            }
            case 'o', 'b' ->
                node.isIntegralNumber() ? new BigInteger(plain).toString(verb == 'o' ? 8 : 2) : wrong(verb, plain);
            case 'f', 'F' -> {
                if (!node.isNumber()) {
                    yield wrong(verb, plain);
                }
                int digits = precision < 0 ? 6 : precision;
                String number = new BigDecimal(node.asText())
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .toPlainString();
                yield plus ? "+" + number : number;
            }
            case 'g', 'e' -> node.isNumber() ? plain : wrong(verb, plain);
            default -> wrong(verb, plain);
        };
    }

    /** What Go prints for a value that a verb cannot show. */
    private static String wrong(char verb, String plain) {
        return "%!" + verb + "(" + plain + ")";
    }
}
