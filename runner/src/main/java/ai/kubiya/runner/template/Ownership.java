package ai.kubiya.runner.template;

import ai.kubiya.runner.template.Token.Kind;
import ai.kubiya.runner.template.function.Functions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which actions are ours. Docker, kubectl, jinja and others use the same braces, and what is theirs must reach
 * them unchanged: an action is ours only when every name in it is one that we gave.
 */
final class Ownership {
    private final Set<String> declared;
    private final boolean everything;
    private final Set<String> variables;
    private final boolean ownsDot;

    Ownership(Set<String> declared) {
        this(declared, false, new HashSet<>(), false);
    }

    private Ownership(Set<String> declared, boolean everything, Set<String> variables, boolean ownsDot) {
        this.declared = declared;
        this.everything = everything;
        this.variables = variables;
        this.ownsDot = ownsDot;
    }

    /** Whatever the data may have is ours, and so is the data as a whole. */
    static Ownership ofEverything() {
        return new Ownership(Set.of(), true, new HashSet<>(), false);
    }

    /** Inside a block of ours; variables that it defines end with it. */
    Ownership inside(boolean setsDot) {
        return new Ownership(declared, everything, new HashSet<>(variables), ownsDot || setsDot);
    }

    void define(String variable) {
        variables.add(variable);
    }

    boolean ownsDot() {
        return ownsDot;
    }

    boolean defines(String variable) {
        return variables.contains(variable);
    }

    /** Whether an action that can be read to its end is ours; its keyword and definitions are left out of tokens. */
    boolean owns(List<Token> tokens) {
        Names names = names(tokens);
        if (names.foreign) {
            return false;
        }
        if (names.unknownWord) {
            // A misspelt function on our own argument is an error to show; a foreign function stays foreign.
            return names.declared > 0 && names.dots == 0;
        }
        if (names.declared + names.dots > 0) {
            return true;
        }
        // Constants: only Go's way to write braces, as in {{`{{.ID}}`}}. In an f-string {{3}} is no action at all.
        return tokens.stream()
                .anyMatch(token -> token.is(Kind.STRING)
                        && (token.text().contains("{{") || token.text().contains("}}")));
    }

    /** Whether a constant is given to a variable, which only Go templates do. */
    boolean ownsAssigned(List<Token> tokens) {
        Names names = names(tokens);
        return !names.foreign && !names.unknownWord;
    }

    /** Whether what could be read of a broken action names our arguments and nothing else. */
    boolean ownsBroken(List<Token> tokens) {
        Names names = names(tokens);
        return !names.foreign && names.declared > 0 && names.dots == 0;
    }

    private static final class Names {
        boolean foreign;
        boolean unknownWord;
        int declared;
        int dots;
    }

    private Names names(List<Token> tokens) {
        Names names = new Names();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token before = i == 0 ? null : tokens.get(i - 1);
            switch (token.kind()) {
                case FIELD -> {
                    boolean chained = token.joined()
                            && before != null
                            && (before.is(Kind.FIELD)
                                    || before.is(Kind.CLOSE)
                                    || (before.is(Kind.VARIABLE)
                                            && !before.text().isEmpty()));
                    if (!chained) {
                        countField(names, token.text(), before);
                    }
                }
                case DOT -> {
                    names.foreign |= !ownsDot && !everything;
                    names.dots++;
                }
                case VARIABLE -> {
                    Token after = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
                    boolean root = token.text().isEmpty() && after != null && after.is(Kind.FIELD) && after.joined();
                    names.foreign |= !root && !variables.contains(token.text());
                    names.declared += root ? 0 : 1;
                }
                case WORD ->
                    names.unknownWord |= !Functions.NAMES.contains(token.text())
                            && !Set.of("true", "false", "nil").contains(token.text());
                case STRING, NUMBER, PIPE, OPEN, CLOSE, COMMA, DECLARE, ASSIGN -> {}
            }
        }
        return names;
    }

    private void countField(Names names, String field, @Nullable Token before) {
        boolean ofRoot =
                before != null && before.is(Kind.VARIABLE) && before.text().isEmpty();
        if (ownsDot && !ofRoot) {
            names.dots++;
        } else if (everything || declared.contains(field)) {
            names.declared++;
        } else {
            names.foreign = true;
        }
    }
}
