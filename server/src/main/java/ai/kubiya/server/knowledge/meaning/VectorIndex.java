package ai.kubiya.server.knowledge.meaning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;

/** The vectors of an organisation in memory, in blocks, so that growing moves nothing. Guarded by whoever holds it. */
final class VectorIndex {
    static final int BYTES_EACH = MeaningVector.DIMENSIONS + Float.BYTES + 2 * Long.BYTES;

    private static final int BLOCK = 1024;

    private final List<Block> blocks = new ArrayList<>();
    private int size;

    private static final class Block {
        final byte[] numbers = new byte[BLOCK * MeaningVector.DIMENSIONS];
        final float[] scales = new float[BLOCK];
        final long[] high = new long[BLOCK];
        final long[] low = new long[BLOCK];

        UUID id(int at) {
            return new UUID(high[at], low[at]);
        }

        void copy(Block from, int fromAt, int at) {
            int length = MeaningVector.DIMENSIONS;
            System.arraycopy(from.numbers, fromAt * length, numbers, at * length, length);
            scales[at] = from.scales[fromAt];
            high[at] = from.high[fromAt];
            low[at] = from.low[fromAt];
        }
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) blocks.size() * BLOCK * BYTES_EACH;
    }

    void add(UUID passage, MeaningVector vector) {
        if (size == blocks.size() * BLOCK) {
            blocks.add(new Block());
        }
        Block block = blocks.get(size / BLOCK);
        int at = size % BLOCK;
        System.arraycopy(vector.numbers(), 0, block.numbers, at * MeaningVector.DIMENSIONS, MeaningVector.DIMENSIONS);
        block.scales[at] = vector.scale();
        block.high[at] = passage.getMostSignificantBits();
        block.low[at] = passage.getLeastSignificantBits();
        size++;
    }

    void remove(Collection<UUID> passages) {
        if (passages.isEmpty()) {
            return;
        }
        Set<UUID> gone = new HashSet<>(passages);
        for (int i = size - 1; i >= 0; i--) {
            if (gone.contains(blocks.get(i / BLOCK).id(i % BLOCK))) {
                size--;
                blocks.get(i / BLOCK).copy(blocks.get(size / BLOCK), size % BLOCK, i % BLOCK);
            }
        }
        while (blocks.size() * BLOCK >= size + 2 * BLOCK) {
            blocks.removeLast();
        }
    }

    /** How similar everything in here is to a question. */
    float[] similarities(MeaningVector question) {
        float[] similarities = new float[size];
        for (int b = 0; b * BLOCK < size; b++) {
            Block block = blocks.get(b);
            int count = Math.min(BLOCK, size - b * BLOCK);
            for (int i = 0; i < count; i++) {
                int dot = MeaningVector.dot(block.numbers, i * MeaningVector.DIMENSIONS, question.numbers());
                similarities[b * BLOCK + i] = dot * block.scales[i] * question.scale();
            }
        }
        return similarities;
    }

    /** The most similar ones, the best first; ids decide between equals, so that pages do not overlap. */
    List<Similar> best(float[] similarities, int most) {
        PriorityQueue<Integer> worstFirst = new PriorityQueue<>((one, other) -> compare(similarities, one, other));
        for (int i = 0; i < size; i++) {
            if (worstFirst.size() < most) {
                worstFirst.add(i);
            } else if (compare(similarities, i, worstFirst.element()) > 0) {
                worstFirst.poll();
                worstFirst.add(i);
            }
        }
        List<Similar> best = new ArrayList<>(worstFirst.size());
        while (!worstFirst.isEmpty()) {
            int at = worstFirst.remove();
            best.add(new Similar(blocks.get(at / BLOCK).id(at % BLOCK), similarities[at]));
        }
        return best.reversed();
    }

    private int compare(float[] similarities, int one, int other) {
        int bySimilarity = Float.compare(similarities[one], similarities[other]);
        return bySimilarity != 0
                ? bySimilarity
                : blocks.get(other / BLOCK)
                        .id(other % BLOCK)
                        .compareTo(blocks.get(one / BLOCK).id(one % BLOCK));
    }
}
