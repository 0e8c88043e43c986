package ai.kubiya.server.project.code;

import ai.kubiya.server.project.code.HclBody.Attribute;
import ai.kubiya.server.project.code.HclBody.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Override files: their blocks change those of the same name that other files have. */
final class Overrides {
    private Overrides() {}

    static void merge(List<Block> blocks, List<Block> overrides) {
        for (Block override : overrides) {
            int same = -1;
            for (int i = 0; i < blocks.size(); i++) {
                Block block = blocks.get(i);
                if (block.type().equals(override.type()) && block.labels().equals(override.labels())) {
                    same = i;
                }
            }
            if (same < 0) {
                blocks.add(override);
            } else {
                blocks.set(same, merged(blocks.get(same), override));
            }
        }
    }

    private static Block merged(Block block, Block override) {
        Set<String> changed =
                override.body().attributes().stream().map(Attribute::name).collect(Collectors.toSet());
        List<Attribute> attributes = new ArrayList<>(override.body().attributes());
        block.body().attributes().stream()
                .filter(attribute -> !changed.contains(attribute.name()))
                .forEach(attributes::add);
        Set<String> replaced =
                override.body().blocks().stream().map(Block::type).collect(Collectors.toSet());
        List<Block> inner = new ArrayList<>(override.body().blocks());
        block.body().blocks().stream()
                .filter(one -> !replaced.contains(one.type()))
                .forEach(inner::add);
        return new Block(block.type(), block.labels(), new HclBody(attributes, inner), block.line());
    }
}
