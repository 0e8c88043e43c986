package ai.kubiya.server.knowledge.passage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPartsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain words here | plain words here",
                "java.util.List | java.util.List java util List",
                "computeIfAbsent | computeIfAbsent compute If Absent",
                "HTTPServer | HTTPServer HTTP Server",
                "a_b/c | a_b/c a b c",
                "ends. Here | ends. Here",
                "支付服务 | 支付服务 支付 付服 服务",
            })
    void areAddedToTheText(String text, String with) {
        assertThat(WordParts.with(text)).isEqualTo(with);
    }
}
