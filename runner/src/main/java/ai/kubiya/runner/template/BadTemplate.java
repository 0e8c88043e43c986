package ai.kubiya.runner.template;

/** A template that cannot be used, or a value that cannot stand where the template puts it. */
public final class BadTemplate extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;
    private final String sentence;

    BadTemplate(Position position, String sentence) {
        super("line " + position.line() + ", column " + position.column() + ": " + sentence);
        this.line = position.line();
        this.column = position.column();
        this.sentence = sentence;
    }

    /** Where the action starts, counted from 1. */
    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** What is wrong, without the place. */
    public String sentence() {
        return sentence;
    }

    record Position(int line, int column) {
        static Position of(String content, int offset) {
            int line = 1;
            int start = 0;
            int end = Math.min(offset, content.length());
            for (int i = 0; i < end; i++) {
                if (content.charAt(i) == '\n') {
                    line++;
                    start = i + 1;
                }
            }
            return new Position(line, content.codePointCount(start, end) + 1);
        }
    }
}
