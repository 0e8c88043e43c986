package ai.kubiya.runner.template;

import java.util.Random;

/** Makes shell scripts that a shell can parse, with {@code {{.v}}} in every kind of place, nested in each other. */
final class ScriptGrammar {
    private final Random random;
    private final boolean bash;
    private int functions;

    ScriptGrammar(long seed, boolean bash) {
        this.random = new Random(seed);
        this.bash = bash;
    }

    String script() {
        StringBuilder script = new StringBuilder("u=1\n");
        int lines = 1 + random.nextInt(4);
        for (int i = 0; i < lines; i++) {
            script.append(command(3)).append('\n');
        }
        return script.toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String command(int depth) {
        if (depth == 0) {
            return ": " + word(0);
        }
        return switch (random.nextInt(bash ? 20 : 15)) {
            case 0 -> ": " + word(depth) + " " + word(depth);
            case 1 -> "echo " + word(depth) + " > f" + pick("", " 2>&1");
            case 2 -> "X=" + joined(depth) + pick("", " :", "; : \"$X\"");
            case 3 -> "export X=" + joined(depth);
            case 4 ->
                "case " + word(depth) + " in " + joined(depth) + ") " + command(depth - 1) + ";; (x) :;; *) "
                        + command(depth - 1) + pick(";; esac", "\n ;;\nesac");
            case 5 ->
                "if [ " + word(depth) + " = " + word(depth) + " ]; then " + command(depth - 1) + "\nelse "
                        + command(depth - 1) + "\nfi";
            case 6 -> "for i in " + word(depth) + " " + word(depth) + "; do " + command(depth - 1) + "\ndone";
            case 7 -> "( " + command(depth - 1) + "\n)";
            case 8 -> "{ " + command(depth - 1) + "\n}";
            case 9 -> "cat >f <<" + document(depth);
            case 10 -> "# it's a \" comment {{.v}} ` $( \n" + command(depth - 1);
            case 11 -> command(0) + pick(" && ", " || ", " | ", "; ") + command(depth - 1);
            case 12 -> function(depth);
            case 13 -> ": " + word(depth) + " \\\n  " + word(depth) + " # don't {{.v}}";
            case 14 -> "cat <<A >f; cat <<'B' >g\n'{{.v}}\" `: x`\nA\n{{.v}} $( `\nB\n" + command(depth - 1);
            case 15 -> "[[ " + word(depth) + " == " + joined(depth) + " ]] && " + command(depth - 1);
            case 16 -> "a=(" + word(depth) + "\n  " + word(depth) + ")";
            case 17 -> "cat <<<" + joined(depth) + " >f";
            case 18 -> "declare X=" + joined(depth) + "; (( u = {{.v}} )); : $u";
            default -> ": <(: " + word(depth) + ")";
        };
    }

    /** Under a name of its own: one that redefines its caller in a pipe would call it for ever. */
    private String function(int depth) {
        String name = "f" + functions++;
        return name + "() { " + command(depth - 1) + "\n}; " + name + " " + word(depth);
    }

    private String document(int depth) {
        boolean quoted = random.nextBoolean();
        String inside = quoted
                ? "it's {{.v}} $( ` \" \\"
                : "it's " + pick("{{.v}}", "\"$u\" {{.v}}", substitution(depth)) + " \\$x \"";
        return (quoted ? pick("'EOF'", "\"EOF\"", "\\EOF") : "EOF") + "\n" + inside + "\n{{.v}}\nEOF";
    }

    private String word(int depth) {
        return random.nextInt(3) == 0 ? "{{.v}}" : joined(depth);
    }

    /** A word of one or more parts. */
    private String joined(int depth) {
        StringBuilder word = new StringBuilder();
        int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts; i++) {
            word.append(part(depth));
        }
        return word.toString();
    }

    private String part(int depth) {
        return switch (random.nextInt(depth > 0 ? 13 : 6)) {
            case 0 -> "a{{.v}}";
            case 1 -> "'it is \"{{.v}}\" $( `'";
            case 2 -> "\"it's {{.v}} \\\" \\$x\"";
            case 3 -> "\\'b\\\"{{.v}}";
            case 4 -> pick("$u", "${u}", "$#", "${#u}", "~", "*", "x#y");
            case 5 -> "\"$u{{.v}}\"";
            case 6 -> "\"a " + substitution(depth) + " {{.v}}\"";
            case 7 -> substitution(depth);
            case 8 -> "${y:-" + part(depth - 1) + "}";
            case 9 -> "\"${y:-a " + pick("{{.v}}", "$u", substitution(depth)) + "}\"";
            case 10 -> "`: a " + pick("{{.v}}", "'{{.v}}'", "\"x\"") + "`";
            case 11 -> "$((1 + " + pick("{{.v}}", "u", "(2)", substitution(0)) + "))";
            default -> bash ? pick("$'it\\'s {{.v}}'", "$\"{{.v}}\"", "${u/a/{{.v}}}") : "${u#" + part(depth - 1) + "}";
        };
    }

    private String substitution(int depth) {
        return depth == 0 ? "$(: \"{{.v}}\")" : "$(" + pick("", " ", "\n") + command(depth - 1) + pick("", "\n") + ")";
    }
}
