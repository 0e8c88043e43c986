package ai.kubiya.runner.template.script;

import ai.kubiya.runner.template.script.ShellFrame.Kind;
import ai.kubiya.runner.template.script.ShellFrame.Operand;
import ai.kubiya.runner.template.script.ShellHereDocument.Reader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A shell script: each value becomes data of the quotes, word, document or expression in which it stands. */
public final class ShellScript implements Script {
    private final ShellLexer lexer;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder unread = new StringBuilder();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** A value between words, written when the text after it shows whether it is a whole word. */
    private @Nullable Value waiting;

    /**
     * Starts a script.
     *
     * @param bash whether it is certainly run by bash; otherwise what shells disagree on is not relied upon
     */
    public ShellScript(boolean bash) {
        lexer = new ShellLexer(bash);
    }

    @Override
    public void literal(String text) {
        unread.append(text);
    }

    @Override
    public void value(Value value) throws Refused {
        boolean adjacent = waiting != null && unread.isEmpty();
        read(false);
        String text = value.text();
        Plain.refuseNul(text);
        if (!lexer.doubt().isEmpty()) {
            writeInDoubt(text);
            return;
        }
        if (!lexer.dangling().isEmpty()) {
            throw new Refused("a value cannot stand directly after " + lexer.dangling()
                    + ", which would take its first character");
        }
        refuseDelimiters(text);
        lexer.command().check(text);
        warn();
        if (lexer.top().kind == Kind.COMMAND && lexer.command().inSubscript()) {
            write(number(text), text);
        } else if (lexer.top().kind == Kind.COMMAND) {
            waiting = value;
            if (adjacent || lexer.command().inWord()) {
                writeWord(value);
            }
        } else {
            write(quoted(value, lexer.top()), text);
        }
    }

    @Override
    public String finish() throws Refused {
        read(true);
        if (lexer.top().kind == Kind.HERE_DOCUMENT) {
            lexer.top().document.endLine();
        }
        return out.toString();
    }

    @Override
    public int length() {
        return out.length() + unread.length();
    }

    @Override
    public List<String> warnings() {
        return new ArrayList<>(warnings);
    }

    private void read(boolean end) throws Refused {
        String text = unread.toString();
        unread.setLength(0);
        if (waiting != null) {
            writeWaiting(waiting, text, end);
        }
        lexer.read(text, end);
        out.append(text);
    }

    private void writeWaiting(Value value, String after, boolean end) throws Refused {
        int next = 0;
        while (after.startsWith("\\\n", next)) {
            next += 2;
        }
        boolean wordEnds = next == after.length() ? end : " \t\n;|&<>)".indexOf(after.charAt(next)) >= 0;
        if (!wordEnds || value.form() != Value.Form.FREE || lexer.command().wantsOneWord()) {
            writeWord(value);
            return;
        }
        waiting = null;
        String words = ShellQuoting.words(value.text());
        if (!words.isEmpty()) {
            write(words, value.text());
        }
    }

    private void writeWord(Value value) {
        waiting = null;
        write(ShellQuoting.word(value.text()), value.text());
    }

    private void write(String quoted, String text) {
        out.append(quoted);
        if (lexer.top().kind != Kind.COMMENT) {
            lexer.command().addValue(text);
        }
        lexer.wrote();
    }

    private void writeInDoubt(String text) throws Refused {
        if (lexer.doubtComputes() ? !Plain.isInteger(text) : !Plain.is(text)) {
            throw new Refused("it is not certain what stands here (" + lexer.doubt()
                    + "), so only a plain value can; use the environment variable instead");
        }
        out.append(text);
    }

    private String quoted(Value value, ShellFrame frame) throws Refused {
        String text = value.text();
        if (computed()) {
            ShellCommand.requireInteger(text);
            if (lexer.afterName()) {
                throw new Refused("a number cannot stand directly after a name");
            }
            return number(text);
        }
        return switch (frame.kind) {
            case COMMAND, ARITHMETIC -> throw new IllegalStateException("handled before");
            case SINGLE_QUOTES -> {
                if (frame.quoted) {
                    requirePlain(text, "between quotes in a quoted expansion");
                }
                String inside = value.form() == Value.Form.SINGLE_QUOTE ? text : value.marked();
                yield ShellQuoting.inSingleQuotes(inside);
            }
            case DOUBLE_QUOTES -> {
                if (frame.quoted) {
                    requirePlain(text, "between quotes in a quoted expansion");
                }
                String inside = value.form() == Value.Form.QUOTE ? text : value.marked();
                // "$name" would swallow letters: end the quotes and begin them again.
                yield lexer.afterName() ? "\"" + ShellQuoting.word(inside) + "\"" : ShellQuoting.inDoubleQuotes(inside);
            }
            case ANSI_QUOTES -> ShellQuoting.inAnsiQuotes(value.marked());
            case BACKQUOTES -> {
                requirePlain(text, "between backquotes; write $(…)");
                yield text;
            }
            case COMMENT -> ShellQuoting.onOneLine(text);
            case PARAMETER -> inParameter(value, frame);
            case HERE_DOCUMENT -> inDocument(value, frame.document);
        };
    }

    /** Without leading zeros, which would make it octal, and with its sign bound to it. */
    private static String number(String text) {
        String number = Long.toString(Long.parseLong(text));
        return number.startsWith("-") ? "(" + number + ")" : number;
    }

    private boolean computed() {
        for (ShellFrame frame : lexer.frames()) {
            if (frame.kind == Kind.COMMAND) {
                return false;
            }
            if (frame.computes()) {
                return true;
            }
        }
        return false;
    }

    private String inParameter(Value value, ShellFrame frame) throws Refused {
        if (frame.operand == Operand.NAME) {
            throw new Refused("a value cannot name a variable");
        }
        if (!frame.quoted) {
            return ShellQuoting.word(value.text());
        }
        if (lexer.afterName()) {
            throw new Refused("a value cannot stand directly after a variable; write braces around its name");
        }
        if (frame.operand == Operand.PATTERN) {
            requirePlain(value.text(), "in a pattern between double quotes");
        }
        // bash pairs quotes, and the parentheses of <(…), here although they mean nothing; other shells do not.
        if (value.text().chars().anyMatch(c -> "'<>".indexOf(c) >= 0)
                || value.text().startsWith("(")) {
            throw new Refused("shells differ on ', <, > and a first ( in a quoted expansion;"
                    + " give the value a name before it");
        }
        return ShellQuoting.inQuotedExpansion(value.text());
    }

    private String inDocument(Value value, ShellHereDocument document) throws Refused {
        Reader reader = document.reader();
        if (reader == Reader.INTERPRETER) {
            requirePlain(value.text(), "in a here-document that another program runs");
        }
        String text = reader == Reader.PYTHON ? document.python().quote(value) : value.marked();
        boolean joins = !text.isEmpty() && Plain.isNameCharacter(text.charAt(0));
        if (lexer.afterName() && !document.quoted() && joins) {
            throw new Refused("a value cannot stand directly after a variable; write braces around its name");
        }
        String quoted = document.quoted() ? text : ShellQuoting.inHereDocument(text);
        document.value(quoted);
        return quoted;
    }

    private static void requirePlain(String text, String where) throws Refused {
        if (!Plain.is(text)) {
            throw new Refused(
                    "the value has characters that could be code " + where + "; use the environment variable instead");
        }
    }

    /** Inside an expansion in a document, lines still count for where the document ends. */
    private void refuseDelimiters(String text) throws Refused {
        if (lexer.top().kind == Kind.HERE_DOCUMENT) {
            return;
        }
        for (ShellFrame frame : lexer.frames()) {
            if (frame.kind == Kind.HERE_DOCUMENT && text.lines().anyMatch(frame.document::mayEndAt)) {
                throw new Refused(
                        "the value would end the here-document around it; use the environment variable" + " instead");
            }
        }
    }

    private void warn() {
        ShellCommand command = lexer.command();
        List<String> words = command.words();
        String name = command.name();
        if (name.equals("eval") || name.equals("trap") || name.equals("ssh")) {
            warnings.add("a value is part of what " + name + " runs as a script again");
            return;
        }
        for (int i = 0; i < words.size(); i++) {
            String base = words.get(i).substring(words.get(i).lastIndexOf('/') + 1);
            boolean program = base.equals("awk") || base.equals("sed") || base.equals("jq");
            boolean code = i + 1 < words.size() && words.get(i + 1).matches("-[a-z]*[ce]");
            boolean word = lexer.top().kind == Kind.COMMAND && !command.inWord();
            if (ShellHereDocument.interprets(base) && ((code && i + 2 == words.size()) || (program && !word))) {
                warnings.add("a value is part of a program that " + base + " runs");
            }
        }
    }
}
