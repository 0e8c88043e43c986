package ai.kubiya.runner.template.script;

import ai.kubiya.runner.template.script.ShellFrame.Kind;
import ai.kubiya.runner.template.script.ShellFrame.Operand;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows a shell script's quoting and nesting over the text that its author wrote.
 *
 * <p>Where shells differ, or the text is not what it first seemed, it gives up ({@link #doubt}); from there on only plain
 * values are written. It never guesses.
 */
final class ShellLexer {
    private static final char END = '\uFFFF';

    private final boolean bash;
    private final Deque<ShellFrame> frames = new ArrayDeque<>();
    private final Deque<ShellHereDocument> awaited = new ArrayDeque<>();
    private String text = "";
    private int at;
    private boolean last;
    private String doubt = "";
    private boolean doubtComputes;
    private String dangling = "";
    private boolean afterName;
    private boolean lineStart;
    private boolean joined;

    ShellLexer(boolean bash) {
        this.bash = bash;
        frames.push(ShellFrame.command(false, false));
    }

    /** Why the place is not known, or empty. */
    String doubt() {
        return doubt;
    }

    /** What the text ends in that would swallow the first character of a value, or empty. */
    String dangling() {
        return dangling;
    }

    /** Whether the text ends in {@code $name}, which a value's letters would lengthen. */
    boolean afterName() {
        return afterName;
    }

    ShellFrame top() {
        return frames.element();
    }

    Iterable<ShellFrame> frames() {
        return frames;
    }

    ShellCommand command() {
        for (ShellFrame frame : frames) {
            // A here-document has words of its own, which nobody reads: it is no part of the command around it.
            if (frame.kind == Kind.COMMAND || frame.kind == Kind.HERE_DOCUMENT) {
                return frame.command;
            }
        }
        throw new IllegalStateException("the script itself is a command frame");
    }

    /** A value was written at the end of the text. */
    void wrote() {
        afterName = false;
        lineStart = false;
    }

    /**
     * Reads on.
     *
     * @param end whether the script ends here; otherwise a value follows
     */
    void read(String literal, boolean end) throws Refused {
        if (literal.isEmpty()) {
            return;
        }
        text = literal;
        last = end;
        dangling = "";
        afterName = false;
        at = 0;
        while (at < text.length() && doubt.isEmpty()) {
            step(text.charAt(at));
        }
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    /**
     * Gives up on the rest of the script.
     *
     * @param computed whether this may be arithmetic, where even a plain name is evaluated
     */
    void doubt(String why, boolean computed) {
        if (doubt.isEmpty()) {
            doubt = why;
            doubtComputes = computed;
        }
    }

    boolean doubtComputes() {
        return doubtComputes;
    }

    private void step(char c) throws Refused {
        ShellFrame frame = top();
        switch (frame.kind) {
            case COMMAND -> new ShellWords(this, frame).step(c);
            case SINGLE_QUOTES -> {
                if (c == '\'') {
                    frames.pop();
                } else {
                    command().add(c);
                }
                at++;
            }
            case ANSI_QUOTES -> ansi(c);
            case BACKQUOTES -> {
                if (c == '\\') {
                    escape();
                } else {
                    at++;
                    if (c == '`') {
                        frames.pop();
                    }
                }
            }
            case COMMENT -> {
                if (c == '\n') {
                    frames.pop();
                } else {
                    at++;
                }
            }
            case DOUBLE_QUOTES -> {
                if (c == '"') {
                    frames.pop();
                    at++;
                } else if (!expansion(c, false)) {
                    command().add(c);
                    at++;
                }
            }
            case PARAMETER -> parameter(frame, c);
            case ARITHMETIC -> arithmetic(frame, c);
            case HERE_DOCUMENT -> hereDocument(frame.document, c);
        }
    }

    private void ansi(char c) {
        if (c == '\\') {
            if (peek(1) == '\'' && !bash) {
                doubt("shells differ on $'…\\'…'; start the script with #!/bin/bash", false);
            }
            escape();
        } else {
            if (c == '\'') {
                frames.pop();
            }
            at++;
        }
    }

    /** A backslash and what it protects. */
    void escape() {
        if (peek(1) == END && !last) {
            dangling = "a backslash";
        }
        at += 2;
    }

    /** Handles backslash, dollar and backquote, which mean the same between double quotes and outside. */
    boolean expansion(char c, boolean unquoted) {
        switch (c) {
            case '\\' -> escape();
            case '`' -> open(Kind.BACKQUOTES, false, 1);
            case '$' -> dollar(unquoted);
            default -> {
                return false;
            }
        }
        return true;
    }

    void open(Kind kind, boolean quoted, int length) {
        frames.push(ShellFrame.of(kind, quoted));
        at += length;
    }

    void openCommand(boolean array, int length) {
        frames.push(ShellFrame.command(true, array));
        at += length;
    }

    private void dollar(boolean unquoted) {
        char next = peek(1);
        if (next == '(') {
            if (peek(2) == '(') {
                open(Kind.ARITHMETIC, false, 3);
            } else {
                openCommand(false, 2);
            }
        } else if (next == '{') {
            if (" \t\n|".indexOf(peek(2)) >= 0) {
                doubt("a brace expansion that runs commands is not followed", true);
            }
            open(Kind.PARAMETER, !unquoted && quotedHere(), 2);
        } else if (next == '\'' && unquoted) {
            open(Kind.ANSI_QUOTES, false, 2);
        } else if (next == '[') {
            doubt("shells differ on $[…]; write $((…))", true);
        } else if (Character.isLetter(next) || next == '_') {
            at += 2;
            while (at < text.length() && Plain.isNameCharacter(text.charAt(at))) {
                at++;
            }
            afterName = at == text.length();
        } else if (next == END) {
            at++;
            dangling = last ? "" : "a dollar sign";
        } else {
            at += "@*#?-$!0123456789".indexOf(next) >= 0 ? 2 : 1;
        }
    }

    private boolean quotedHere() {
        ShellFrame frame = top();
        return frame.kind == Kind.DOUBLE_QUOTES
                || frame.kind == Kind.HERE_DOCUMENT
                || (frame.kind == Kind.PARAMETER && frame.quoted);
    }

    private void parameter(ShellFrame frame, char c) {
        if (c == '}' && frame.operand != Operand.SUBSCRIPT) {
            frames.pop();
            at++;
            return;
        }
        switch (frame.operand) {
            case NAME -> parameterName(frame, c);
            case SUBSCRIPT -> {
                if (c == ']') {
                    frame.operand = Operand.NAME;
                    at++;
                } else if (c == '"') {
                    open(Kind.DOUBLE_QUOTES, true, 1);
                } else if (!expansion(c, false)) {
                    at++;
                }
            }
            case WORD, PATTERN, NUMBER -> {
                if (c == '"') {
                    open(Kind.DOUBLE_QUOTES, frame.quoted, 1);
                } else if (c == '\'' && (!frame.quoted || frame.operand == Operand.PATTERN)) {
                    open(Kind.SINGLE_QUOTES, frame.quoted, 1);
                } else if (!expansion(c, !frame.quoted)) {
                    if (c == '\'' || ((c == '<' || c == '>') && peek(1) == '(')) {
                        doubt("shells differ on quotes and parentheses in an expansion", false);
                    }
                    at++;
                }
            }
        }
    }

    private void parameterName(ShellFrame frame, char c) {
        // The first character may be a special parameter that looks like an operator: ${#x}, ${!x}, ${-}, ${?}.
        boolean first = at >= 1 && text.charAt(at - 1) == '{';
        if (!first && !Plain.isNameCharacter(c)) {
            switch (c) {
                case '[' -> frame.operand = Operand.SUBSCRIPT;
                case ':' -> {
                    boolean word = "-=?+".indexOf(peek(1)) >= 0;
                    frame.operand = word ? Operand.WORD : Operand.NUMBER;
                    at += word ? 1 : 0;
                }
                case '-', '=', '?', '+' -> frame.operand = Operand.WORD;
                default -> frame.operand = Operand.PATTERN;
            }
        }
        at++;
    }

    private void arithmetic(ShellFrame frame, char c) {
        if (c == '(') {
            frame.depth++;
            at++;
        } else if (c == ')' && frame.depth > 0) {
            frame.depth--;
            at++;
        } else if (c == ')') {
            if (peek(1) != ')') {
                doubt("this may be a subshell or arithmetic; put a space between the parentheses", true);
            }
            frames.pop();
            at += 2;
        } else if (c == '\'') {
            doubt("shells differ on a quote in arithmetic", true);
        } else if (c == '"') {
            open(Kind.DOUBLE_QUOTES, true, 1);
        } else if (!expansion(c, false)) {
            // A letter or digit directly before a number would change it.
            afterName = at + 1 == text.length() && (c == '#' || Plain.isNameCharacter(c));
            at++;
        }
    }

    private void hereDocument(ShellHereDocument document, char c) throws Refused {
        if (lineStart) {
            int end = text.indexOf('\n', at);
            boolean whole = end >= 0 || last;
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end);
            if (whole && document.endsAt(line) && !joined) {
                at = Math.min(end + 1, text.length());
                frames.pop();
                beginDocument();
                return;
            }
            if (whole && document.mayEndAt(line)) {
                doubt("shells differ on whether this line ends the here-document", false);
            }
            lineStart = false;
        }
        int start = at;
        joined = !document.quoted() && c == '\\' && peek(1) == '\n';
        lineStart = joined || c == '\n';
        if (document.quoted() || !expansion(c, false)) {
            at++;
        }
        int end = Math.min(at, text.length());
        for (int i = start; i < end; i++) {
            document.literal(text.charAt(i));
        }
        // Python in the document reads what the shell leaves of a backslash.
        if (!document.quoted() && c == '\\' && end - start == 2) {
            start += "\\$`".indexOf(text.charAt(start + 1)) >= 0 ? 1 : 0;
            start += joined ? 2 : 0;
        }
        document.python().follow(text.substring(start, end));
    }

    /** The line ends on which here-documents were announced: their text comes now. */
    void beginDocument() {
        ShellHereDocument document = awaited.poll();
        if (document != null) {
            frames.push(ShellFrame.hereDocument(document));
            lineStart = true;
        }
    }

    boolean enclosed() {
        return frames.stream().anyMatch(frame -> frame.parenthesised);
    }

    boolean awaitsDocument() {
        return !awaited.isEmpty();
    }

    /** The line that announces documents is complete. */
    void settleDocuments() {
        awaited.forEach(ShellHereDocument::begin);
    }

    void await(ShellHereDocument document) {
        awaited.add(document);
    }

    // What ShellWords needs of the reading position.

    char ahead(int count) {
        return peek(count);
    }

    boolean atEnd(int ahead) {
        return at + ahead >= text.length();
    }

    boolean endsScript() {
        return last;
    }

    void skip(int count) {
        at += count;
    }

    void closeCommand() {
        frames.pop();
        at++;
    }
}
