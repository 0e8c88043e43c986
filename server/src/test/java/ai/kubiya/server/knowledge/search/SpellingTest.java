package ai.kubiya.server.knowledge.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "same, same, 0",
        "clutser, cluster, 1",
        "kubernets, kubernetes, 1",
        "payment, payments, 1",
        "abc, xyz, 3",
        "'', ab, 2",
    })
    void countsMistakes(String one, String other, int mistakes) {
        assertThat(Spelling.distance(one, other)).isEqualTo(mistakes);
        assertThat(Spelling.distance(other, one)).isEqualTo(mistakes);
    }

    @Test
    void takesTheLikeliestWordsAndNoOthers() {
        List<Term.Form> candidates = List.of(
                new Term.Form("clusterings", 5, 0.6),
                new Term.Form("cluster", 9, 0.3),
                new Term.Form("cutter", 7, 0.4));

        assertThat(Spelling.likely("clutser", candidates))
                .extracting(Term.Form::word)
                .containsExactly("cluster");
    }
}
