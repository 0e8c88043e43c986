package ai.kubiya.server.project.code;

import ai.kubiya.server.project.code.HclBody.Attribute;
import ai.kubiya.server.project.code.HclBody.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the structure of HCL: blocks, labels and attributes. Expressions stay text. Parsers that are to be had evaluate
 * expressions while they read, with functions that open files and urls, and forget the types of variables.
 */
final class HclParser {
    private static final int DEEPEST = 50;

    private final HclScanner scanner;

    private HclParser(String text) {
        this.scanner = new HclScanner(text);
    }

    static HclBody parse(String text) throws HclException {
        return new HclParser(text).body(0);
    }

    private HclBody body(int depth) throws HclException {
        if (depth > DEEPEST) {
            throw scanner.problem("blocks are nested too deeply");
        }
        List<Attribute> attributes = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        while (true) {
            scanner.skipSpace();
            if (scanner.atEnd()) {
                if (depth > 0) {
                    throw scanner.problem("a block is not closed");
                }
                break;
            }
            if (depth > 0 && scanner.peek() == '}') {
                scanner.moveTo(scanner.position() + 1);
                break;
            }
            int line = scanner.line();
            String name = scanner.identifier();
            if (name.isEmpty()) {
                throw scanner.problem("expected the name of an argument or block, found \"" + scanner.peek() + "\"");
            }
            skipBlanks();
            if (scanner.peek() == '=' && !scanner.startsWith("==")) {
                scanner.moveTo(scanner.position() + 1);
                attributes.add(new Attribute(name, expression(name), line));
            } else {
                blocks.add(block(name, line, depth));
            }
        }
        return new HclBody(attributes, blocks);
    }

    private String expression(String name) throws HclException {
        skipBlanks();
        String expression = scanner.expression();
        if (expression.isEmpty()) {
            throw scanner.problem("the argument \"" + name + "\" has no value");
        }
        return expression;
    }

    private Block block(String type, int line, int depth) throws HclException {
        List<String> labels = new ArrayList<>();
        while (scanner.peek() != '{') {
            int start = scanner.position();
            if (scanner.peek() == '"') {
                scanner.skipString();
                labels.add(HclLiteral.parse(scanner.since(start))
                        .filter(value -> value.isTextual())
                        .orElseThrow(() -> scanner.problem("a label must be a plain string"))
                        .textValue());
            } else {
                String label = scanner.identifier();
                if (label.isEmpty()) {
                    throw scanner.problem(
                            "after \"" + type + "\", expected = and a value, or { and a block of arguments");
                }
                labels.add(label);
            }
            skipBlanks();
        }
        scanner.moveTo(scanner.position() + 1);
        return new Block(type, labels, body(depth + 1), line);
    }

    private void skipBlanks() throws HclException {
        while (scanner.peek() == ' ' || scanner.peek() == '\t' || (scanner.startsWith("/*") && scanner.skipComment())) {
            if (scanner.peek() == ' ' || scanner.peek() == '\t') {
                scanner.moveTo(scanner.position() + 1);
            }
        }
    }
}
