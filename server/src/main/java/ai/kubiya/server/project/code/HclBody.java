package ai.kubiya.server.project.code;

import java.util.List;
import java.util.Optional;

/**
 * The inside of a file or block.
 *
 * @param attributes in the order of the file
 */
record HclBody(List<Attribute> attributes, List<Block> blocks) {
    HclBody {
        attributes = List.copyOf(attributes);
        blocks = List.copyOf(blocks);
    }

    /**
     * {@code name = expression}.
     *
     * @param expression as it stands there, without comments
     */
    record Attribute(String name, String expression, int line) {}

    /** {@code type "label" { body }}. */
    record Block(String type, List<String> labels, HclBody body, int line) {
        Block {
            labels = List.copyOf(labels);
        }

        String label(int index) {
            return index < labels.size() ? labels.get(index) : "";
        }
    }

    Optional<String> expression(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(Attribute::expression)
                .findFirst();
    }

    List<Block> blocks(String type) {
        return blocks.stream().filter(block -> block.type().equals(type)).toList();
    }
}
