package ai.kubiya.server.project.code;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Steps over the parts of HCL text that may hold anything: strings with expressions in them, here documents, comments. */
final class HclScanner {
    private static final int DEEPEST = 100;
    private static final Pattern HERE = Pattern.compile("<<(-?)([\\p{L}_][\\p{L}\\p{N}_-]*)[ \\t]*\\r?\\n");

    private final String text;
    private int position;

    HclScanner(String text) {
        this.text = text;
    }

    int position() {
        return position;
    }

    void moveTo(int place) {
        position = place;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    boolean startsWith(String word) {
        return text.startsWith(word, position);
    }

    String since(int start) {
        return text.substring(start, position);
    }

    int line() {
        return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
    }

    HclException problem(String message) {
        return new HclException(line(), message);
    }

    /** Blanks, newlines and comments. */
    void skipSpace() throws HclException {
        while (!atEnd() && (Character.isWhitespace(peek()) || peek() == '\uFEFF' || skipComment())) {
            if (!atEnd() && (Character.isWhitespace(peek()) || peek() == '\uFEFF')) {
                position++;
            }
        }
    }

    /** True when there was one; a comment to the end of the line leaves the newline. */
    boolean skipComment() throws HclException {
        if (peek() == '#' || startsWith("//")) {
            int end = text.indexOf('\n', position);
            position = end < 0 ? text.length() : end;
            return true;
        }
        if (startsWith("/*")) {
            int end = text.indexOf("*/", position + 2);
            if (end < 0) {
                throw problem("a comment is not closed");
            }
            position = end + 2;
            return true;
        }
        return false;
    }

    /** A name, or nothing. */
    String identifier() {
        int start = position;
        while (!atEnd()
                && (Character.isLetterOrDigit(peek()) || peek() == '_' || (position > start && peek() == '-'))) {
            position++;
        }
        return since(start);
    }

    /** From one quote to the other. */
    void skipString() throws HclException {
        skipString(0);
    }

    private void skipString(int depth) throws HclException {
        position++;
        while (peek() != '"') {
            if (atEnd() || peek() == '\n') {
                throw problem("a string is not closed");
            }
            if (peek() == '\\' || startsWith("$${") || startsWith("%%{")) {
                position += peek() == '\\' ? 2 : 3;
            } else if (startsWith("${") || startsWith("%{")) {
                skipInterpolation(depth + 1);
            } else {
                position++;
            }
        }
        position++;
    }

    private void skipInterpolation(int depth) throws HclException {
        if (depth > DEEPEST) {
            throw problem("strings are nested too deeply");
        }
        position += 2;
        int open = 1;
        while (open > 0) {
            if (atEnd()) {
                throw problem("an expression in a string is not closed");
            }
            char c = peek();
            if (c == '"') {
                skipString(depth);
                continue;
            }
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            position++;
        }
    }

    /** Where a here document begins here, its end; otherwise nothing happens. */
    boolean skipHereDocument() throws HclException {
        Matcher start = HERE.matcher(text).region(position, text.length());
        if (!startsWith("<<") || !start.lookingAt()) {
            return false;
        }
        Matcher end = Pattern.compile("^[ \\t]*" + Pattern.quote(start.group(2)) + "[ \\t]*\\r?$", Pattern.MULTILINE)
                .matcher(text)
                .region(start.end(), text.length());
        if (!end.find()) {
            throw problem("the text that <<" + start.group(2) + " begins is not closed");
        }
        position = end.end();
        return true;
    }

    /**
     * An expression up to the end of its line, or to the bracket that closes what it stands in.
     *
     * @return its text without comments
     */
    String expression() throws HclException {
        StringBuilder words = new StringBuilder();
        int depth = 0;
        while (!atEnd()) {
            int start = position;
            char c = peek();
            if (c == '"') {
                skipString();
            } else if (skipHereDocument()) {
                words.append(since(start));
                continue;
            } else if (skipComment()) {
                continue;
            } else if (c == '\n' && depth == 0) {
                break;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
                position++;
            } else if (")]}".indexOf(c) >= 0) {
                if (depth == 0) {
                    break;
                }
                depth--;
                position++;
            } else {
                position++;
            }
            words.append(since(start));
        }
        if (depth > 0) {
            throw problem("a bracket is not closed");
        }
        return words.toString().strip();
    }
}
