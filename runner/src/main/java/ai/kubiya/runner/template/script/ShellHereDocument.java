package ai.kubiya.runner.template.script;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A here-document: where it ends, who reads it, and the line of it that is being written. */
final class ShellHereDocument {
    enum Reader {
        /** A program for which the text is data. */
        TEXT,
        PYTHON,
        /** A program that takes the text as its own program. */
        INTERPRETER
    }

    private static final Set<String> INTERPRETERS = Set.of(
            "sh",
            "bash",
            "dash",
            "ash",
            "zsh",
            "ksh",
            "mksh",
            "fish",
            "python",
            "python2",
            "python3",
            "node",
            "nodejs",
            "deno",
            "bun",
            "ruby",
            "perl",
            "php",
            "lua",
            "R",
            "Rscript",
            "psql",
            "mysql",
            "mariadb",
            "sqlite3",
            "sqlplus",
            "mongo",
            "mongosh",
            "redis-cli",
            "clickhouse-client",
            "pwsh",
            "awk",
            "gawk",
            "sed",
            "jq",
            "yq",
            "bc",
            "dc",
            "gdb",
            "ed",
            "ex",
            "tclsh",
            "expect",
            "groovy",
            "elixir",
            "iex",
            "ghci",
            "irb",
            "ssh",
            "xargs",
            "source",
            "eval",
            "at",
            "batch",
            "crontab",
            "parallel");
    private static final Set<String> PROGRAM_FILES =
            Set.of("sh", "bash", "zsh", "js", "mjs", "ts", "rb", "pl", "php", "lua", "sql", "ps1", "awk", "sed", "jq");

    private final String delimiter;
    private final boolean quoted;
    private final boolean stripsTabs;

    /** Inside {@code $(…)} bash also ends a document at a line that only begins as it should and then closes. */
    private final boolean enclosed;

    private final ShellCommand command;
    private final List<String> words;
    private final StringBuilder line = new StringBuilder();
    private boolean lineHoldsValue;
    private int joinedAt;
    private Reader reader = Reader.INTERPRETER;
    private final PythonScript python = new PythonScript();

    ShellHereDocument(String delimiter, boolean quoted, boolean stripsTabs, boolean enclosed, ShellCommand command) {
        this.delimiter = delimiter;
        this.quoted = quoted;
        this.stripsTabs = stripsTabs;
        this.enclosed = enclosed;
        this.command = command;
        this.words = command.words();
    }

    boolean quoted() {
        return quoted;
    }

    /** Python inside the document, followed along with it. */
    PythonScript python() {
        return python;
    }

    static boolean interprets(String word) {
        String base = word.substring(word.lastIndexOf('/') + 1);
        return INTERPRETERS.contains(base) || base.matches("python[0-9.]+");
    }

    /** Decides who reads the text, at the end of the line: the command may go on after the {@code <<}. */
    void begin() {
        reader = whoReads();
    }

    Reader reader() {
        return reader;
    }

    private Reader whoReads() {
        if (readByPython()) {
            return Reader.PYTHON;
        }
        Reader found = Reader.TEXT;
        for (String word : command.pipeline()) {
            if (interprets(word)) {
                return Reader.INTERPRETER;
            }
            String file = word.startsWith(">") ? word.substring(1) : "";
            String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            if (!file.isEmpty() && PROGRAM_FILES.contains(extension)) {
                return Reader.INTERPRETER;
            }
            if (file.endsWith(".py")) {
                found = Reader.PYTHON;
            }
        }
        return found;
    }

    private boolean readByPython() {
        if (words.isEmpty() || (command.pipeline().size() > words.size() && pipedOn())) {
            return false;
        }
        String first = words.getFirst();
        if (!first.substring(first.lastIndexOf('/') + 1).matches("python[0-9.]*")) {
            return false;
        }
        return words.size() == 1
                || words.get(1).equals("-")
                || (words.size() == 2 && words.get(1).equals("-u"));
    }

    private boolean pipedOn() {
        return command.pipeline().stream().filter(word -> !word.startsWith(">")).count() > words.size();
    }

    boolean endsAt(String text) {
        return withoutTabs(text).equals(delimiter);
    }

    /** Whether some shell may take the line for the end, as far as it is known. */
    boolean mayEndAt(String text) {
        String line = withoutTabs(text);
        return enclosed ? line.startsWith(delimiter) : line.equals(delimiter);
    }

    private String withoutTabs(String text) {
        int start = 0;
        while (stripsTabs && start < text.length() && text.charAt(start) == '\t') {
            start++;
        }
        return text.substring(start);
    }

    void literal(char c) throws Refused {
        if (c == '\n') {
            endLine();
        } else {
            line.append(c);
        }
    }

    /** The text as it will stand in the document, quoted already. */
    void value(String text) throws Refused {
        lineHoldsValue = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                endLine();
                lineHoldsValue = true;
            } else if (c == '\t' && stripsTabs && withoutTabs(line.toString()).isEmpty()) {
                throw new Refused("the shell would remove the tab at the start of a line of the value; use << or the"
                        + " environment variable");
            } else {
                line.append(c);
            }
        }
    }

    /** Called at the end of the script too, where a last line needs no line end to be the delimiter. */
    void endLine() throws Refused {
        // Shells differ on whether lines that a backslash joins are looked at one by one.
        if (lineHoldsValue && (mayEndAt(line.toString()) || mayEndAt(line.substring(joinedAt)))) {
            throw new Refused("the value would end the here-document, it has the line \"" + delimiter
                    + "\"; use the environment variable instead");
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        // An odd backslash joins this line to the next.
        if (!quoted && (line.length() - end) % 2 == 1) {
            line.setLength(line.length() - 1);
            joinedAt = line.length();
            return;
        }
        line.setLength(0);
        joinedAt = 0;
        lineHoldsValue = false;
    }
}
