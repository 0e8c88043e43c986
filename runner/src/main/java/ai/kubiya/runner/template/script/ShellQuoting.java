package ai.kubiya.runner.template.script;

/** How a value is written in each kind of shell quotes. */
final class ShellQuoting {
    private ShellQuoting() {}

    /** One word, or one part of a word: nothing is special between single quotes. */
    static String word(String text) {
        return "'" + inSingleQuotes(text) + "'";
    }

    /** What {@code $name} unquoted gives with globbing off: a word for each piece between white space, or none. */
    static String words(String text) {
        StringBuilder out = new StringBuilder();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || " \t\n".indexOf(text.charAt(i)) >= 0;
            if (!blank && start < 0) {
                start = i;
            } else if (blank && start >= 0) {
                out.append(out.isEmpty() ? "" : " ").append(word(text.substring(start, i)));
                start = -1;
            }
        }
        return out.toString();
    }

    static String inSingleQuotes(String text) {
        return text.replace("'", "'\\''");
    }

    static String inDoubleQuotes(String text) {
        return escape(text, "\\$\"`");
    }

    /** The operand of <code>${x:-…}</code> between double quotes: a brace would end it. */
    static String inQuotedExpansion(String text) {
        return escape(text, "\\$\"`}");
    }

    static String inHereDocument(String text) {
        return escape(text, "\\$`");
    }

    /** Between $' and ': octal escapes, because a shell that does not know these quotes must not see a quote end. */
    static String inAnsiQuotes(String text) {
        return text.replace("\\", "\\134").replace("'", "\\047");
    }

    static String onOneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    private static String escape(String text, String special) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (special.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
