package ai.kubiya.runner.template;

import java.util.List;

/**
 * Something between double braces, ours or not.
 *
 * @param start where its first brace is
 * @param end after its last brace, or where reading stopped
 * @param tokens as far as they could be read
 * @param problem what kept it from being read to its end, or empty
 * @param comment whether it is nothing but a comment
 */
record Action(
        int start, int end, boolean trimLeft, boolean trimRight, List<Token> tokens, String problem, boolean comment) {

    boolean readable() {
        return problem.isEmpty();
    }

    /** The first word if it is one of Go's, else empty. */
    String keyword() {
        if (!readable() || tokens.isEmpty() || !tokens.getFirst().is(Token.Kind.WORD)) {
            return "";
        }
        String word = tokens.getFirst().text();
        return switch (word) {
            case "if", "else", "end", "range", "with", "define", "block", "template", "break", "continue" -> word;
            default -> "";
        };
    }

    boolean opens() {
        return switch (keyword()) {
            case "if", "range", "with", "define", "block" -> true;
            default -> false;
        };
    }
}
