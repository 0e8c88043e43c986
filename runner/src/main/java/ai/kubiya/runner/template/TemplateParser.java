package ai.kubiya.runner.template;

import ai.kubiya.runner.template.BadTemplate.Position;
import ai.kubiya.runner.template.Token.Kind;
import ai.kubiya.runner.template.script.Refused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a tool's content into nodes; what is not ours becomes text. */
final class TemplateParser {
    static final int LONGEST_CONTENT = 4 * 1024 * 1024;
    private static final int DEEPEST = 64;

    /** Text, or an action; {@code match} is the piece that ends the block which the action begins, or -1. */
    private static final class Piece {
        final int start;
        final int end;
        final @Nullable Action action;
        int match = -1;

        Piece(int start, int end, @Nullable Action action) {
            this.start = start;
            this.end = end;
            this.action = action;
        }
    }

    /** What stays as it is although it looks like an action, for a tool's author to see. */
    private final Set<String> foreign = new LinkedHashSet<>();

    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> declared;
    private final String content;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;
    private boolean trims;
    private int depth;
    private int loops;

    private TemplateParser(String content, Set<String> declared) {
        this.content = content;
        this.declared = declared;
    }

    record Parsed(List<Node> nodes, Set<String> used, Set<String> foreign) {}

    static Parsed parse(String content, Set<String> declared) throws BadTemplate {
        return parse(content, declared, new Ownership(declared));
    }

    /** All fields are ours. */
    static Parsed parseOwn(String content) throws BadTemplate {
        return parse(content, Set.of(), Ownership.ofEverything());
    }

    private static Parsed parse(String content, Set<String> declared, Ownership ownership) throws BadTemplate {
        if (content.length() > LONGEST_CONTENT) {
            throw new BadTemplate(new Position(1, 1), "the content is too long");
        }
        TemplateParser parser = new TemplateParser(content, declared);
        parser.split();
        parser.pair();
        List<Node> nodes = new ArrayList<>();
        parser.body(nodes, ownership, false);
        return new Parsed(nodes, parser.used, parser.foreign);
    }

    private void split() {
        int from = 0;
        int open = content.indexOf("{{");
        while (open >= 0) {
            // "{{{" is a brace of the author's JSON and then an action.
            while (content.startsWith("{", open + 2)) {
                open++;
            }
            Action action = ActionLexer.read(content, open);
            if (open > from) {
                pieces.add(new Piece(from, open, null));
            }
            int end = action.readable() ? action.end() : open + 2;
            pieces.add(new Piece(open, end, action));
            from = end;
            open = content.indexOf("{{", from);
        }
        if (from < content.length()) {
            pieces.add(new Piece(from, content.length(), null));
        }
    }

    /** Pairs every block with its end, ours and foreign alike, so a foreign block can be kept whole. */
    private void pair() {
        Deque<Piece> open = new ArrayDeque<>();
        for (int i = 0; i < pieces.size(); i++) {
            Action action = pieces.get(i).action;
            if (action != null && action.opens()) {
                open.push(pieces.get(i));
            } else if (action != null && action.keyword().equals("end") && !open.isEmpty()) {
                open.pop().match = i;
            }
        }
    }

    /** Reads up to the else or end of the block it is in, which it leaves as the current piece. */
    private void body(List<Node> nodes, Ownership ownership, boolean block) throws BadTemplate {
        while (at < pieces.size()) {
            Piece piece = pieces.get(at);
            Action action = piece.action;
            if (action == null) {
                text(nodes, content.substring(piece.start, piece.end));
                at++;
            } else if (block
                    && (action.keyword().equals("end") || action.keyword().equals("else"))) {
                return;
            } else {
                action(nodes, piece, action, ownership);
            }
        }
    }

    private void action(List<Node> nodes, Piece piece, Action action, Ownership ownership) throws BadTemplate {
        String keyword = action.keyword();
        List<Token> tokens = action.tokens();
        if (action.comment()) {
            trim(nodes, action);
            at++;
        } else if (!action.readable()) {
            if (ownership.ownsBroken(tokens.isEmpty() || !isKeyword(tokens.getFirst()) ? tokens : rest(tokens, 1))) {
                throw bad(piece, action.problem());
            }
            keep(nodes, piece, piece.end);
        } else if (action.opens()) {
            int value = definitionEnd(tokens);
            boolean ours = !keyword.equals("define")
                    && !keyword.equals("block")
                    && (value > 1 ? ownership.ownsAssigned(rest(tokens, value)) : ownership.owns(rest(tokens, 1)));
            if (ours && piece.match < 0) {
                throw bad(piece, "this " + keyword + " has no end");
            } else if (ours) {
                block(nodes, piece, action, ownership);
            } else if (piece.match >= 0) {
                int end = piece.match;
                keep(nodes, piece, pieces.get(end).end);
                at = end + 1;
            } else {
                keep(nodes, piece, piece.end);
            }
        } else if ((keyword.equals("break") || keyword.equals("continue")) && loops > 0 && tokens.size() == 1) {
            trim(nodes, action);
            nodes.add(keyword.equals("break") ? new Node.Break() : new Node.Continue());
            at++;
        } else if (keyword.isEmpty()) {
            output(nodes, piece, action, ownership);
        } else {
            keep(nodes, piece, piece.end);
        }
    }

    private static boolean isKeyword(Token token) {
        return token.word("if") || token.word("range") || token.word("with") || token.word("else");
    }

    private void output(List<Node> nodes, Piece piece, Action action, Ownership ownership) throws BadTemplate {
        List<Token> tokens = action.tokens();
        boolean assigns = tokens.size() > 1
                && tokens.getFirst().is(Kind.VARIABLE)
                && (tokens.get(1).is(Kind.DECLARE) || tokens.get(1).is(Kind.ASSIGN));
        if (assigns) {
            String name = tokens.getFirst().text();
            boolean declares = tokens.get(1).is(Kind.DECLARE);
            if (name.isEmpty() || (!declares && !ownership.defines(name)) || !ownership.ownsAssigned(rest(tokens, 2))) {
                keep(nodes, piece, piece.end);
                return;
            }
            trim(nodes, action);
            nodes.add(new Node.Assignment(piece.start, name, declares, expression(piece, rest(tokens, 2))));
            ownership.define(name);
            at++;
            return;
        }
        if (!ownership.owns(tokens)) {
            keep(nodes, piece, piece.end);
            return;
        }
        trim(nodes, action);
        Expression expression = expression(piece, tokens);
        if (expression instanceof Expression.Literal(var value)) {
            nodes.add(new Node.Text(value.asText()));
        } else {
            nodes.add(new Node.Output(piece.start, expression, content.substring(piece.start, piece.end)));
        }
        at++;
    }

    private void block(List<Node> nodes, Piece piece, Action action, Ownership outer) throws BadTemplate {
        if (++depth > DEEPEST) {
            throw bad(piece, "blocks are nested too deeply");
        }
        trim(nodes, action);
        String keyword = action.keyword();
        List<Token> tokens = action.tokens();
        int value = definitionEnd(tokens);
        Expression expression = expression(piece, rest(tokens, value));
        Ownership inside = outer.inside(false);
        for (Token token : tokens.subList(0, value)) {
            if (token.is(Kind.VARIABLE)) {
                inside.define(token.text());
            }
        }
        Ownership body = inside.inside(!keyword.equals("if"));
        loops += keyword.equals("range") ? 1 : 0;
        at++;
        List<Node> then = new ArrayList<>();
        body(then, body, true);
        loops -= keyword.equals("range") ? 1 : 0;
        List<Node> otherwise = new ArrayList<>();
        Piece end = pieces.get(at);
        Action last = action(end);
        trim(then, last);
        if (last.keyword().equals("else")) {
            otherwise(otherwise, end, last, inside, keyword);
        } else {
            at++;
        }
        String first = value > 1 ? tokens.get(1).text() : null;
        String second = value > 3 ? tokens.get(3).text() : null;
        nodes.add(
                switch (keyword) {
                    case "if" -> new Node.If(piece.start, first, expression, then, otherwise);
                    case "with" -> new Node.With(piece.start, first, expression, then, otherwise);
                    default ->
                        new Node.Range(
                                piece.start,
                                second == null ? null : first,
                                second == null ? first : second,
                                expression,
                                then,
                                otherwise);
                });
        depth--;
    }

    /** The part after an else, up to and with the end that it shares with its block. */
    private void otherwise(List<Node> nodes, Piece piece, Action action, Ownership ownership, String keyword)
            throws BadTemplate {
        List<Token> tokens = action.tokens();
        if (tokens.size() == 1) {
            at++;
            body(nodes, ownership.inside(false), true);
            Action end = action(pieces.get(at));
            if (!end.keyword().equals("end")) {
                throw bad(pieces.get(at), "a second else");
            }
            trim(nodes, end);
            at++;
            return;
        }
        if (!tokens.get(1).word("if") || !keyword.equals("if") || !ownership.owns(rest(tokens, 2))) {
            throw bad(piece, "this else names something that is not an argument of the tool, or is none of Go's");
        }
        List<Token> condition = rest(tokens, 1);
        Action nested =
                new Action(action.start(), action.end(), action.trimLeft(), action.trimRight(), condition, "", false);
        block(nodes, piece, nested, ownership);
    }

    private static Action action(Piece piece) {
        if (piece.action == null) {
            throw new IllegalStateException("a body ends at an action");
        }
        return piece.action;
    }

    /** Where the value starts in {@code if $x := …} or {@code range $i, $x := …}; 1 when nothing is defined. */
    private static int definitionEnd(List<Token> tokens) {
        if (tokens.size() > 3
                && tokens.get(1).is(Kind.VARIABLE)
                && tokens.get(2).is(Kind.DECLARE)) {
            return 3;
        }
        boolean two = tokens.size() > 5
                && tokens.getFirst().word("range")
                && tokens.get(1).is(Kind.VARIABLE)
                && tokens.get(2).is(Kind.COMMA)
                && tokens.get(3).is(Kind.VARIABLE)
                && tokens.get(4).is(Kind.DECLARE);
        return two ? 5 : 1;
    }

    private static List<Token> rest(List<Token> tokens, int from) {
        return tokens.subList(Math.min(from, tokens.size()), tokens.size());
    }

    private Expression expression(Piece piece, List<Token> tokens) throws BadTemplate {
        for (Token token : tokens) {
            if (token.is(Kind.FIELD) && declared.contains(token.text())) {
                used.add(token.text());
            }
        }
        try {
            return ExpressionParser.parse(tokens);
        } catch (Refused refused) {
            throw bad(piece, refused.getMessage());
        }
    }

    private void keep(List<Node> nodes, Piece piece, int end) {
        String source = content.substring(piece.start, end);
        if (source.length() > 2 && foreign.size() < 100) {
            foreign.add(source);
        }
        text(nodes, source);
        at++;
    }

    private void text(List<Node> nodes, String text) {
        String kept = trims ? text.stripLeading() : text;
        trims = false;
        if (!kept.isEmpty()) {
            nodes.add(new Node.Text(kept));
        }
    }

    /** Takes away the white space that our action's dashes ask for, before it now and after it next. */
    private void trim(List<Node> nodes, Action action) {
        trims = action.trimRight();
        if (action.trimLeft() && !nodes.isEmpty() && nodes.getLast() instanceof Node.Text(String text)) {
            nodes.set(nodes.size() - 1, new Node.Text(text.stripTrailing()));
        }
    }

    private BadTemplate bad(Piece piece, @Nullable String sentence) {
        return new BadTemplate(Position.of(content, piece.start), sentence == null ? "cannot be read" : sentence);
    }
}
