package ai.kubiya.runner.template.script;

import ai.kubiya.runner.template.script.Value.Form;
import java.util.ArrayDeque;
import java.util.Deque;

/** Python: values inside string literals are escaped for that literal, elsewhere they are written as literals. */
public final class PythonScript implements Script {
    private enum Kind {
        CODE,
        COMMENT,
        STRING,
        /** Between the braces of an f-string. */
        EXPRESSION,
        /** After the colon between the braces of an f-string. */
        SPECIFICATION
    }

    /** One level of nesting; for a string, what its quotes say. */
    private static final class Frame {
        final Kind kind;
        final String quotes;
        final boolean raw;
        final boolean formatted;
        final boolean bytes;
        int depth;

        Frame(Kind kind, String quotes, String prefix) {
            this.kind = kind;
            this.quotes = quotes;
            this.raw = prefix.contains("r");
            this.formatted = prefix.contains("f") || prefix.contains("t");
            this.bytes = prefix.contains("b");
        }

        Frame(Kind kind) {
            this(kind, "", "");
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final StringBuilder unread = new StringBuilder();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private String text = "";
    private int at;
    private int line = 1;
    private String name = "";
    private char before = '\n';
    private boolean dangling;

    public PythonScript() {
        frames.push(new Frame(Kind.CODE));
    }

    @Override
    public void literal(String text) {
        out.append(text);
        follow(text);
    }

    @Override
    public void value(Value value) throws Refused {
        out.append(quote(value));
    }

    @Override
    public String finish() {
        return out.toString();
    }

    @Override
    public int length() {
        return out.length();
    }

    /** Reads text that the author wrote, which {@link #quote} will need. */
    void follow(String text) {
        unread.append(text);
    }

    /** What stands for the value at the end of the text so far. */
    String quote(Value value) throws Refused {
        read();
        String text = value.text();
        Plain.refuseNul(text);
        if (dangling) {
            throw new Refused("a value cannot stand directly after a backslash, which would take its first character");
        }
        Frame frame = frames.element();
        String quoted = switch (frame.kind) {
            case CODE -> inCode(value);
            case COMMENT -> inComment(text);
            case STRING -> inString(value, frame);
            case EXPRESSION -> inExpression(text);
            case SPECIFICATION -> {
                requirePlain(text);
                yield text;
            }
        };
        before = quoted.isEmpty() ? before : quoted.charAt(quoted.length() - 1);
        name = "";
        return quoted;
    }

    private String inCode(Value value) throws Refused {
        if (before == '.' || Character.isSurrogate(before) || Character.isUnicodeIdentifierPart(before)) {
            throw new Refused("a value cannot stand directly after a name; put the whole into quotes");
        }
        boolean string = value.form() == Form.QUOTE || value.form() == Form.SINGLE_QUOTE;
        String literal = string ? PythonLiteral.string(value.text()) : PythonLiteral.of(value.node());
        // Two quotes and one more, before or after, would begin a long string.
        String apart = literal.equals("''") ? "'' " : literal;
        return before == '\'' || before == '"' ? " " + apart : apart;
    }

    private String inComment(String text) {
        String one = ShellQuoting.onOneLine(text);
        // A comment on the first two lines can name the encoding of the whole script.
        return line <= 2 ? one.replace(':', ' ').replace('=', ' ') : one;
    }

    private String inExpression(String text) throws Refused {
        if (!Plain.isInteger(text) || Character.isUnicodeIdentifierPart(before) || before == '.') {
            throw new Refused("only a whole number can stand between the braces of an f-string;"
                    + " give the value a name before it");
        }
        return "(" + text + ")";
    }

    private String inString(Value value, Frame frame) throws Refused {
        String own = frame.quotes.startsWith("'") ? "'" : "\"";
        boolean marks = own.equals("'") ? value.form() == Form.QUOTE : value.form() == Form.SINGLE_QUOTE;
        String inside = marks ? value.marked() : value.text();
        if (nested()) {
            requirePlain(inside);
            return inside;
        }
        if (frame.raw) {
            boolean fits = inside.indexOf(own.charAt(0)) < 0
                    && inside.indexOf('\r') < 0
                    && (frame.quotes.length() == 3 || inside.indexOf('\n') < 0)
                    && !inside.endsWith("\\")
                    && (!frame.bytes || inside.chars().allMatch(c -> c < 128));
            if (!fits) {
                throw new Refused("a raw string cannot hold this value; use an ordinary string");
            }
        } else {
            inside = PythonLiteral.escape(inside, own.charAt(0), frame.bytes);
        }
        return frame.formatted ? inside.replace("{", "{{").replace("}", "}}") : inside;
    }

    /** Whether the string stands between the braces of another, where older Python allows no escapes. */
    private boolean nested() {
        return frames.stream().anyMatch(frame -> frame.kind == Kind.EXPRESSION);
    }

    private static void requirePlain(String text) throws Refused {
        if (!Plain.is(text)) {
            throw new Refused("the value has characters that could be code between the braces of an f-string;"
                    + " give the value a name before it");
        }
    }

    private void read() {
        if (unread.isEmpty()) {
            return;
        }
        text = unread.toString();
        unread.setLength(0);
        dangling = false;
        at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            Frame frame = frames.element();
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", at + 1))) {
                line++;
            }
            switch (frame.kind) {
                case COMMENT -> {
                    if (c == '\n' || c == '\r') {
                        frames.pop();
                    }
                    at++;
                }
                case STRING -> string(frame, c);
                case CODE, EXPRESSION -> code(frame, c);
                case SPECIFICATION -> specification(c);
            }
            before = text.charAt(Math.min(at, text.length()) - 1);
        }
    }

    private void string(Frame frame, char c) {
        if (c == '\\') {
            // A raw string keeps the backslash, and still does not end at the quote after it.
            dangling = at + 1 == text.length();
            if (text.startsWith("\n", at + 1)) {
                line++;
            }
            at += dangling ? 1 : 2;
        } else if (text.startsWith(frame.quotes, at)) {
            frames.pop();
            at += frame.quotes.length();
        } else if (c == '\n' && frame.quotes.length() == 1) {
            endLine();
        } else if (frame.formatted && c == '{') {
            if (text.startsWith("{", at + 1)) {
                at += 2;
            } else {
                frames.push(new Frame(Kind.EXPRESSION));
                at++;
            }
        } else {
            at++;
        }
    }

    /** A string of one line ends with it, and with everything inside it: Python will say that it is wrong. */
    private void endLine() {
        while (frames.size() > 1) {
            frames.pop();
        }
        at++;
    }

    private void code(Frame frame, char c) {
        if (c == '"' || c == '\'') {
            String one = String.valueOf(c);
            String three = one.repeat(3);
            String quotes = text.startsWith(three, at) ? three : one;
            String prefix =
                    name.length() <= 2 && name.matches("(?i)[rbuft]*") ? name.toLowerCase(java.util.Locale.ROOT) : "";
            frames.push(new Frame(Kind.STRING, quotes, prefix));
            name = "";
            at += quotes.length();
            return;
        }
        name = Character.isUnicodeIdentifierPart(c) ? (name.length() > 3 ? name : name + c) : "";
        if (c == '\\') {
            dangling = at + 1 == text.length();
            at += dangling ? 1 : 2;
            return;
        }
        if (c == '#') {
            frames.push(new Frame(Kind.COMMENT));
        } else if (frame.kind == Kind.EXPRESSION) {
            expression(frame, c);
        }
        at++;
    }

    private void expression(Frame frame, char c) {
        if (c == '(' || c == '[' || c == '{') {
            frame.depth++;
        } else if (frame.depth > 0 && (c == ')' || c == ']' || c == '}')) {
            frame.depth--;
        } else if (c == '}') {
            frames.pop();
        } else if (c == ':' && frame.depth == 0) {
            frames.push(new Frame(Kind.SPECIFICATION));
        }
    }

    private void specification(char c) {
        if (c == '{') {
            frames.push(new Frame(Kind.EXPRESSION));
        } else if (c == '}') {
            frames.pop();
            frames.pop();
        }
        at++;
    }
}
