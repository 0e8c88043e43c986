package ai.kubiya.runner.template.script;

/** One level of the shell's nesting: what the characters at this point of a script belong to. */
final class ShellFrame {
    enum Kind {
        /** Words and operators: the whole script, {@code $(…)}, {@code (…)}, an array's elements. */
        COMMAND,
        DOUBLE_QUOTES,
        SINGLE_QUOTES,
        ANSI_QUOTES,
        BACKQUOTES,
        /** <code>${…}</code> */
        PARAMETER,
        /** {@code $((…))} and {@code ((…))} */
        ARITHMETIC,
        COMMENT,
        HERE_DOCUMENT
    }

    /** What a parameter expansion has shown of itself. */
    enum Operand {
        NAME,
        SUBSCRIPT,
        /** after {@code :-}, {@code =}, {@code ?}, {@code +} */
        WORD,
        /** after {@code #}, {@code %}, {@code /} and the like */
        PATTERN,
        /** after a lone {@code :}, which the shell computes */
        NUMBER
    }

    final Kind kind;

    /** COMMAND: ends at {@code )}. */
    final boolean parenthesised;

    /** COMMAND: the words of the commands in it; for an array, its elements. */
    final ShellCommand command;

    /** PARAMETER: stands between double quotes. DOUBLE_QUOTES: stands in such a parameter. */
    final boolean quoted;

    Operand operand = Operand.NAME;

    /** ARITHMETIC: open parentheses. */
    int depth;

    final ShellHereDocument document;

    private static final ShellHereDocument NO_DOCUMENT =
            new ShellHereDocument("", false, false, false, new ShellCommand(false));

    private ShellFrame(
            Kind kind, boolean parenthesised, ShellCommand command, boolean quoted, ShellHereDocument document) {
        this.kind = kind;
        this.parenthesised = parenthesised;
        this.command = command;
        this.quoted = quoted;
        this.document = document;
    }

    static ShellFrame of(Kind kind, boolean quoted) {
        return new ShellFrame(kind, false, new ShellCommand(false), quoted, NO_DOCUMENT);
    }

    static ShellFrame command(boolean parenthesised, boolean array) {
        return new ShellFrame(Kind.COMMAND, parenthesised, new ShellCommand(array), false, NO_DOCUMENT);
    }

    static ShellFrame hereDocument(ShellHereDocument document) {
        return new ShellFrame(Kind.HERE_DOCUMENT, false, new ShellCommand(false), false, document);
    }

    /** Whether the shell computes a number here. */
    boolean computes() {
        return kind == Kind.ARITHMETIC
                || (kind == Kind.PARAMETER && (operand == Operand.NUMBER || operand == Operand.SUBSCRIPT));
    }
}
