package ai.kubiya.server.knowledge.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model that is part of the server. */
class MeaningsTest {
    private static final Meanings MEANINGS = new Meanings(true);

    @BeforeAll
    static void load() {
        assertThat(MEANINGS.of("warm up")).isPresent();
    }

    @AfterAll
    static void unload() throws Exception {
        MEANINGS.close();
    }

    private static float similarity(String one, String other) {
        return MEANINGS.of(one).orElseThrow().similarity(MEANINGS.of(other).orElseThrow());
    }

    @Test
    void findsWhatMeansTheSameInOtherWords() {
        String question = "How do I bring the service back up after it crashed?";

        assertThat(similarity(question, "Restarting a deployment that has failed"))
                .isGreaterThan(similarity(question, "The cafeteria serves soup on Mondays") + 0.2f);
    }

    @Test
    void isOneForTheSameText() {
        assertThat(similarity("the same", "the same")).isBetween(0.99f, 1.01f);
    }

    @Test
    void takesAnyText() {
        for (String text : List.of("", " ", "x".repeat(100_000), "\uD83D\uDE80".repeat(3000), "\u0001\uFFFD", "日本語")) {
            assertThat(MEANINGS.of(text))
                    .as(text.substring(0, Math.min(10, text.length())))
                    .isPresent();
        }
    }

    @Test
    void survivesItsWayThroughTheDatabase() {
        MeaningVector vector = MEANINGS.of("rotate the keys").orElseThrow();

        MeaningVector read = MeaningVector.parse(vector.stored());

        assertThat(read.similarity(vector)).isEqualTo(vector.similarity(vector));
        assertThat(vector.stored()).hasSize(388);
    }

    @Test
    void makesNoneWhenSwitchedOff() {
        assertThat(new Meanings(false).of("anything")).isEmpty();
    }
}
