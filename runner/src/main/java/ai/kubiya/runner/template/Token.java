package ai.kubiya.runner.template;

/**
 * A piece of an action.
 *
 * @param text a field's or variable's name without its mark, a string's content, a number as written
 * @param joined follows the piece before it without a blank, so {@code .a.b} is one chain and {@code .a .b} is two
 */
record Token(Kind kind, String text, boolean joined) {
    enum Kind {
        FIELD,
        DOT,
        VARIABLE,
        WORD,
        STRING,
        NUMBER,
        PIPE,
        OPEN,
        CLOSE,
        COMMA,
        DECLARE,
        ASSIGN
    }

    boolean is(Kind kind) {
        return this.kind == kind;
    }

    boolean word(String word) {
        return kind == Kind.WORD && text.equals(word);
    }
}
