package ai.kubiya.server.knowledge.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordPiecesTest {
    private static final List<String> VOCABULARY = List.of(
            "[CLS]", "[SEP]", "[UNK]", "kube", "##ct", "##l", "get", "pods", "naive", ".", "-", "支", "付", "don", "'",
            "t");

    private static List<String> pieces(String text, int longest) {
        Map<String, Integer> numbers = new HashMap<>();
        VOCABULARY.forEach(word -> numbers.put(word, numbers.size()));
        return java.util.Arrays.stream(new WordPieces(numbers, longest).of(text))
                .mapToObj(number -> VOCABULARY.get((int) number))
                .toList();
    }

    @Test
    void takesTheLongestPiecesFirst() {
        assertThat(pieces("Kubectl get pods.", 50))
                .containsExactly("[CLS]", "kube", "##ct", "##l", "get", "pods", ".", "[SEP]");
    }

    @Test
    void readsWithoutCaseAccentsAndControlCharacters() {
        assertThat(pieces("NAÏVE\u0007 \u00a0don't", 50)).containsExactly("[CLS]", "naive", "don", "'", "t", "[SEP]");
    }

    @Test
    void takesIdeographsAndPunctuationOneByOne() {
        assertThat(pieces("支付get-pods", 50)).containsExactly("[CLS]", "支", "付", "get", "-", "pods", "[SEP]");
    }

    @Test
    void saysWhatItDoesNotKnow() {
        assertThat(pieces("zzz get " + "x".repeat(200), 50)).containsExactly("[CLS]", "[UNK]", "get", "[UNK]", "[SEP]");
    }

    @Test
    void leavesOutTheRestOfALongText() {
        assertThat(pieces("get ".repeat(100), 5)).containsExactly("[CLS]", "get", "get", "get", "[SEP]");
        assertThat(pieces("kubectl", 3)).containsExactly("[CLS]", "kube", "[SEP]");
        assertThat(pieces("", 5)).containsExactly("[CLS]", "[SEP]");
    }
}
