package ai.kubiya.runner.template.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of the simple command that is being written, and as much grammar as decides what a value may be there. */
final class ShellCommand {
    private enum Case {
        SUBJECT,
        IN,
        PATTERN,
        BODY
    }

    private static final Set<String> BEFORE_A_COMMAND =
            Set.of("if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "time", "coproc");
    private static final Set<String> NAMING =
            Set.of("export", "local", "declare", "typeset", "readonly", "unset", "read", "mapfile", "readarray");
    private static final Set<String> COMPARING = Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge");
    private static final Set<String> STARTERS = Set.of("command", "builtin", "exec", "sudo", "nohup", "env", "busybox");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\[[^\\]]*\\])?\\+?=.*", Pattern.DOTALL);
    private static final Pattern OPEN_SUBSCRIPT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\[[^\\]]*", Pattern.DOTALL);

    private final boolean array;
    private final Deque<Case> cases = new ArrayDeque<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean bare = true;
    private boolean holdsText;
    private boolean lastHeldText;
    private boolean target;
    private boolean brackets;
    private List<String> words = new ArrayList<>();
    private List<String> pipeline = new ArrayList<>();

    ShellCommand(boolean array) {
        this.array = array;
    }

    boolean array() {
        return array;
    }

    boolean inWord() {
        return inWord;
    }

    boolean brackets() {
        return brackets;
    }

    boolean inCasePattern() {
        return cases.peek() == Case.PATTERN;
    }

    String word() {
        return word.toString();
    }

    List<String> words() {
        return words;
    }

    List<String> pipeline() {
        return pipeline;
    }

    /** The place is inside {@code name[ … ]=}, which the shell computes, and reads as one word blanks and all. */
    boolean inSubscript() {
        boolean assigns = words.isEmpty() || NAMING.contains(name());
        return (inWord && assigns && !array && OPEN_SUBSCRIPT.matcher(word).matches())
                || (array && word.indexOf("[") == 0 && word.indexOf("]") < 0);
    }

    void add(char c) {
        inWord = true;
        word.append(c);
    }

    /** A quote or an expansion: the word is not a keyword any more. */
    void quote() {
        inWord = true;
        bare = false;
    }

    /** A value became part of the word. */
    void addValue(String text) {
        quote();
        word.append('\uFFFC');
        holdsText |= !Plain.isInteger(text);
    }

    void expectTarget() {
        target = true;
    }

    /** A word of digits directly before a redirection names a descriptor. */
    void dropDescriptor() {
        if (inWord && bare && Plain.isInteger(word())) {
            clearWord();
        }
    }

    void endWord() throws Refused {
        if (!inWord) {
            return;
        }
        String text = word();
        boolean keyword = bare;
        boolean held = holdsText;
        clearWord();
        if (target) {
            target = false;
            pipeline.add(">" + text);
            return;
        }
        if (array || advanceCase(text, keyword)) {
            return;
        }
        if (brackets && COMPARING.contains(text) && lastHeldText) {
            throw new Refused("[[ … " + text + " … ]] evaluates its operands, so the value must be a whole number;"
                    + " use [ … ], which does not");
        }
        lastHeldText = held;
        if (words.isEmpty()) {
            if ((keyword && BEFORE_A_COMMAND.contains(text))
                    || ASSIGNMENT.matcher(text).matches()) {
                return;
            }
            if (keyword && text.equals("case")) {
                cases.push(Case.SUBJECT);
            }
            brackets = keyword && text.equals("[[");
        } else if (brackets && keyword && text.equals("]]")) {
            brackets = false;
        } else if (keyword && text.equals("{") && words.getFirst().equals("function")) {
            endCommand(false);
            return;
        }
        words.add(text);
        pipeline.add(text);
    }

    private boolean advanceCase(String text, boolean keyword) {
        Case state = cases.peek();
        if (state == null) {
            return false;
        }
        switch (state) {
            case SUBJECT -> replace(Case.IN);
            case IN -> replace(Case.PATTERN);
            case PATTERN -> {
                if (keyword && text.equals("esac")) {
                    cases.pop();
                }
            }
            case BODY -> {
                if (keyword && words.isEmpty() && text.equals("esac")) {
                    cases.pop();
                    words.add(text);
                    return true;
                }
                return false;
            }
        }
        return true;
    }

    private void replace(Case state) {
        cases.pop();
        cases.push(state);
    }

    void endCasePattern() {
        replace(Case.BODY);
        words = new ArrayList<>();
    }

    void endCaseBranch() {
        if (cases.peek() == Case.BODY) {
            replace(Case.PATTERN);
        }
    }

    /** A new list of words each time: a here-document keeps the one of its command. */
    void endCommand(boolean pipe) {
        if (array || brackets) {
            return;
        }
        words = new ArrayList<>();
        lastHeldText = false;
        if (!pipe) {
            pipeline = new ArrayList<>();
        }
    }

    private void clearWord() {
        word.setLength(0);
        inWord = false;
        bare = true;
        holdsText = false;
    }

    /** A value that stands alone here is still one word: the shell would take more words for something else. */
    boolean wantsOneWord() {
        Case state = cases.peek();
        return target
                || brackets
                || state == Case.SUBJECT
                || state == Case.IN
                || state == Case.PATTERN
                || NAMING.contains(name())
                || name().equals("[")
                || name().equals("test")
                || name().equals("let")
                || name().equals("eval");
    }

    /** Refuses what this command would evaluate although it is quoted. */
    void check(String text) throws Refused {
        String name = name();
        String last = words.isEmpty() ? "" : words.getLast();
        if (name.equals("let") || (brackets && COMPARING.contains(last)) || inSubscript() || integerDeclaration(name)) {
            requireInteger(text);
        }
        boolean naming = (NAMING.contains(name) && word.indexOf("=") < 0 && !last.equals("-p"))
                || (name.equals("printf") && last.equals("-v"))
                || ((brackets || name.equals("[") || name.equals("test")) && (last.equals("-v") || last.equals("-R")));
        if (naming && text.indexOf('[') >= 0) {
            throw new Refused("the shell evaluates the name it is given here, so the value may not contain '['");
        }
        if (NAMING.contains(name) && option("aA") && !Plain.is(text)) {
            throw new Refused("the shell evaluates the value of an array declaration; declare the array first and then"
                    + " fill it");
        }
    }

    private boolean integerDeclaration(String name) {
        return NAMING.contains(name) && option("i");
    }

    private boolean option(String letters) {
        for (String word : words) {
            if (word.startsWith("-") && letters.chars().anyMatch(letter -> word.indexOf(letter) > 0)) {
                return !words.getFirst().equals("read") && !words.getFirst().equals("unset");
            }
        }
        return false;
    }

    static void requireInteger(String text) throws Refused {
        if (!Plain.isInteger(text)) {
            throw new Refused("the shell computes a number here and would evaluate text, so the value must be a whole"
                    + " number");
        }
    }

    /** The name of the command, past the words that only start another. */
    String name() {
        for (String word : words) {
            String base = word.substring(word.lastIndexOf('/') + 1);
            if (!STARTERS.contains(base)
                    && !word.startsWith("-")
                    && !ASSIGNMENT.matcher(word).matches()) {
                return base;
            }
        }
        return "";
    }
}
