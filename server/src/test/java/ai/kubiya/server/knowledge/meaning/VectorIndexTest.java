package ai.kubiya.server.knowledge.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VectorIndexTest {
    private final Random random = new Random(3);

    private MeaningVector vector() {
        float[] numbers = new float[MeaningVector.DIMENSIONS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return MeaningVector.of(numbers);
    }

    /** Against a plain map, through any order of changes and over several blocks. */
    @Test
    void findsWhatIsInItAndNothingElse() {
        VectorIndex index = new VectorIndex();
        Map<UUID, MeaningVector> expected = new HashMap<>();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 300; i++) {
                UUID id = new UUID(random.nextLong(), random.nextLong());
                MeaningVector vector = vector();
                index.add(id, vector);
                expected.put(id, vector);
            }
            Set<UUID> gone = new HashSet<>();
            new ArrayList<>(expected.keySet())
                    .stream().limit(random.nextInt(250)).forEach(gone::add);
            gone.add(UUID.randomUUID());
            index.remove(gone);
            expected.keySet().removeAll(gone);
        }
        MeaningVector question = vector();

        List<Similar> best = index.best(index.similarities(question), 50);

        assertThat(index.size()).isEqualTo(expected.size()).isGreaterThan(2048);
        assertThat(best.stream().map(Similar::passage))
                .containsExactlyElementsOf(expected.entrySet().stream()
                        .sorted((one, other) -> Float.compare(
                                other.getValue().similarity(question),
                                one.getValue().similarity(question)))
                        .limit(50)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Test
    void givesMemoryBack() {
        VectorIndex index = new VectorIndex();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            ids.add(UUID.randomUUID());
            index.add(ids.getLast(), vector());
        }
        long full = index.bytes();

        index.remove(ids);

        assertThat(index.size()).isZero();
        assertThat(index.bytes()).isLessThan(full / 2);
    }

    @Test
    void keepsAnglesWithinAHundredth() {
        for (int i = 0; i < 100; i++) {
            float[] one = new float[MeaningVector.DIMENSIONS];
            float[] other = new float[MeaningVector.DIMENSIONS];
            double dot = 0;
            double ones = 0;
            double others = 0;
            for (int k = 0; k < one.length; k++) {
                one[k] = (float) random.nextGaussian();
                other[k] = one[k] + (float) random.nextGaussian();
                dot += one[k] * other[k];
                ones += one[k] * one[k];
                others += other[k] * other[k];
            }
            assertThat((double) MeaningVector.of(one).similarity(MeaningVector.of(other)))
                    .isBetween(dot / Math.sqrt(ones * others) - 0.01, dot / Math.sqrt(ones * others) + 0.01);
        }
    }
}
