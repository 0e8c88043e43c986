package ai.kubiya.runner.template.function;

import ai.kubiya.runner.template.script.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Functions that give text. */
final class TextFunctions {
    private final Arguments call;

    TextFunctions(Arguments call) {
        this.call = call;
    }

    String text() throws Refused {
        return switch (call.name()) {
            case "print" -> GoFormat.print(call.nodes());
            case "println" -> call.joined(" ") + "\n";
            case "printf" -> GoFormat.printf(call.text(0), call.nodes().subList(1, call.count()));
            case "urlquery" -> URLEncoder.encode(call.joined(""), StandardCharsets.UTF_8);
            case "upper" -> call.onlyText().toUpperCase(Locale.ROOT);
            case "lower" -> call.onlyText().toLowerCase(Locale.ROOT);
            case "title" -> title(call.onlyText());
            case "trim" -> call.onlyText().strip();
            case "trimAll" -> trimAll(call.text(1), call.text(0));
            case "trimPrefix" ->
                call.text(1).startsWith(call.text(0))
                        ? call.text(1).substring(call.text(0).length())
                        : call.text(1);
            case "trimSuffix" ->
                call.text(1).endsWith(call.text(0))
                        ? call.text(1)
                                .substring(
                                        0, call.text(1).length() - call.text(0).length())
                        : call.text(1);
            case "replace" -> replace(call.text(2), call.text(0), call.text(1));
            case "join" -> new ListFunctions(call).join();
            case "toString" -> call.onlyText();
            case "indent" -> indent();
            case "nindent" -> "\n" + indent();
            case "b64enc" -> Base64.getEncoder().encodeToString(call.onlyText().getBytes(StandardCharsets.UTF_8));
            case "b64dec" -> decode(call.onlyText());
            default -> throw new Refused("there is no function \"" + call.name() + "\"");
        };
    }

    private String replace(String text, String from, String to) throws Refused {
        long places = from.isEmpty() ? text.length() + 1L : (long) text.length() / from.length();
        call.budget().characters(Math.min(places * to.length(), Budget.LONGEST_VALUE + 1L) + text.length());
        return text.replace(from, to);
    }

    private String indent() throws Refused {
        call.exactly(2);
        long width = call.number(call.node(0)).longValue();
        if (width < 0 || width > 100) {
            throw new Refused(call.name() + " takes a width from 0 to 100");
        }
        String text = call.text(1);
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        call.budget().characters(text.length() + lines * width);
        String blank = " ".repeat((int) width);
        return blank + text.replace("\n", "\n" + blank);
    }

    private static String trimAll(String text, String characters) {
        int from = 0;
        int to = text.length();
        while (from < to && characters.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(start ? Character.toTitleCase(c) : c);
            start = Character.isWhitespace(c);
        }
        return out.toString();
    }

    private String decode(String text) throws Refused {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new Refused("b64dec was given something that is not base64");
        }
    }
}
