package ai.kubiya.runner.template;

import ai.kubiya.runner.template.Token.Kind;
import ai.kubiya.runner.template.function.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Reads one action as Go's template lexer does, and stops without complaint where it is something else. */
final class ActionLexer {
    /** No real action is longer; the limit keeps text full of braces from being read again and again. */
    private static final int LONGEST = 4096;

    private final String text;
    private final int limit;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean blank = true;

    private ActionLexer(String text, int start) {
        this.text = text;
        this.limit = Math.min(text.length(), start + LONGEST);
        this.at = start + 2;
    }

    static Action read(String text, int start) {
        return new ActionLexer(text, start).read(start);
    }

    private Action read(int start) {
        boolean trimLeft = at + 1 < limit && text.charAt(at) == '-' && isSpace(text.charAt(at + 1));
        at += trimLeft ? 1 : 0;
        int inside = at;
        skipSpace();
        if (text.startsWith("/*", at)) {
            return comment(start, trimLeft);
        }
        at = inside;
        while (true) {
            skipSpace();
            boolean trimRight = blank && text.startsWith("-}}", at) && at > inside;
            if (trimRight || text.startsWith("}}", at)) {
                int end = at + (trimRight ? 3 : 2);
                String problem = tokens.isEmpty() ? "empty action" : "";
                return new Action(start, end, trimLeft, trimRight, tokens, problem, false);
            }
            String problem = at >= limit ? "the action is not closed" : token();
            if (!problem.isEmpty()) {
                return new Action(start, Math.min(at, limit), trimLeft, false, tokens, problem, false);
            }
        }
    }

    private Action comment(int start, boolean trimLeft) {
        int close = text.indexOf("*/", at + 2);
        if (close >= 0 && close < limit) {
            int end = close + 2;
            boolean trimRight = end < text.length() && isSpace(text.charAt(end));
            while (end < text.length() && isSpace(text.charAt(end))) {
                end++;
            }
            trimRight &= text.startsWith("-}}", end);
            if (trimRight || (end == close + 2 && text.startsWith("}}", end))) {
                return new Action(start, end + (trimRight ? 3 : 2), trimLeft, trimRight, tokens, "", true);
            }
        }
        return new Action(start, at, trimLeft, false, tokens, "the comment is not closed", false);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private void skipSpace() {
        blank = at > 0 && isSpace(text.charAt(at - 1));
        while (at < limit && isSpace(text.charAt(at))) {
            at++;
            blank = true;
        }
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text, !blank && !tokens.isEmpty()));
    }

    /** Reads one token; returns what is wrong, or empty. */
    private String token() {
        char c = text.charAt(at);
        switch (c) {
            case '|' -> single(Kind.PIPE);
            case '(' -> single(Kind.OPEN);
            case ')' -> single(Kind.CLOSE);
            case ',' -> single(Kind.COMMA);
            case '=' -> single(Kind.ASSIGN);
            case ':' -> {
                if (!text.startsWith(":=", at)) {
                    return "unexpected \":\"";
                }
                add(Kind.DECLARE, ":=");
                at += 2;
            }
            case '"' -> {
                return string();
            }
            case '`' -> {
                int close = text.indexOf('`', at + 1);
                if (close < 0 || close >= limit) {
                    return "the raw string is not closed";
                }
                add(Kind.STRING, text.substring(at + 1, close));
                at = close + 1;
            }
            case '.' -> {
                if (at + 1 < limit && isDigit(text.charAt(at + 1))) {
                    return number();
                }
                named(Kind.FIELD, Kind.DOT);
            }
            case '$' -> named(Kind.VARIABLE, Kind.VARIABLE);
            default -> {
                if (isDigit(c) || ((c == '-' || c == '+') && at + 1 < limit && startsNumber(at + 1))) {
                    return number();
                }
                if (!isNameStart(c)) {
                    return c == '\'' ? "a string stands between double quotes" : "unexpected \"" + c + "\"";
                }
                at--;
                named(Kind.WORD, Kind.WORD);
            }
        }
        return "";
    }

    private void single(Kind kind) {
        add(kind, text.substring(at, at + 1));
        at++;
    }

    /** A mark of one character and a name after it. */
    private void named(Kind withName, Kind alone) {
        int start = ++at;
        while (at < limit && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        add(at > start ? withName : alone, text.substring(start, at));
    }

    private String number() {
        int start = at;
        at++;
        while (at < limit) {
            char c = text.charAt(at);
            boolean exponentSign =
                    (c == '-' || c == '+') && "eE".indexOf(text.charAt(at - 1)) >= 0 && !text.startsWith("0x", start);
            if (!isDigit(c) && !isNameStart(c) && c != '.' && !exponentSign) {
                break;
            }
            at++;
        }
        String number = text.substring(start, at);
        if (!Numbers.isNumber(number)) {
            return "\"" + number + "\" is not a number";
        }
        add(Kind.NUMBER, number);
        return "";
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        int i = at + 1;
        while (i < limit && text.charAt(i) != '"') {
            char c = text.charAt(i++);
            if (c == '\n') {
                break;
            }
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = i < limit ? text.charAt(i++) : '\n';
            int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : 0;
            if (digits > 0) {
                String hexadecimal = i + digits <= limit ? text.substring(i, i + digits) : "";
                if (!hexadecimal.matches("[0-9a-fA-F]+")) {
                    return "\"\\" + escaped + "\" wants " + digits + " hexadecimal digits";
                }
                out.append((char) Integer.parseInt(hexadecimal, 16));
                i += digits;
                continue;
            }
            int known = "abfnrtv\\\"'".indexOf(escaped);
            if (known < 0) {
                return "\"\\" + escaped + "\" is not an escape";
            }
            out.append("\u0007\b\f\n\r\t\u000b\\\"'".charAt(known));
        }
        if (i >= limit || text.charAt(i) != '"') {
            return "the string is not closed";
        }
        add(Kind.STRING, out.toString());
        at = i + 1;
        return "";
    }

    private boolean startsNumber(int index) {
        char c = text.charAt(index);
        return isDigit(c) || (c == '.' && index + 1 < limit && isDigit(text.charAt(index + 1)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return c == '_' || Character.isLetter(c);
    }
}
