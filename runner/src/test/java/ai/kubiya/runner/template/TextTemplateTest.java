package ai.kubiya.runner.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that nothing runs: every field is the data's, and values stand as they are. */
class TextTemplateTest {
    private static final String DATA = """
            {"action": "opened", "pull": {"title": "Fix '$(rm -rf /)' \\"now\\"", "labels": ["a", "b"]}}
            """;

    private static String render(String content) throws BadTemplate, JsonProcessingException {
        return TemplateRenderer.text(content, new ObjectMapper().readTree(DATA));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            {{.action}} {{ .pull.title }}                    ¦ opened Fix '$(rm -rf /)' "now"
            <{{.nothing}}{{.pull.nothing.deeper}}>           ¦ <>
            {{.pull.labels}} {{.pull.labels | len}}          ¦ ["a","b"] 2
            {{if .draft}}draft{{else}}ready{{end}}           ¦ ready
            {{range .pull.labels}}[{{.}}]{{end}}             ¦ [a][b]
            {{$.action}} {{with .pull}}{{index .labels 1}}{{end}} ¦ opened b
            docker ps --format '{{ ID }}' and {{ values }}   ¦ docker ps --format '{{ ID }}' and {{ values }}
            {{quote .action}}                                ¦ "opened"
            """)
    void render(String template, String text) throws BadTemplate, JsonProcessingException {
        assertThat(render(template)).isEqualTo(text);
    }

    @Test
    void theDataAsAWholeIsJson() throws BadTemplate, JsonProcessingException {
        assertThat(render("{{.}}")).isEqualTo(new ObjectMapper().readTree(DATA).toString());
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(TemplateCheck.ofText("{{if .a}}").errors()).hasSize(1);
        assertThat(TemplateCheck.ofText("one\n{{.a | shout}}").errors())
                .singleElement()
                .satisfies(bad -> assertThat(bad.line()).isEqualTo(2));
        assertThat(TemplateCheck.ofText("{{.a}} {{ foo }}").untouched()).isEqualTo(List.of("{{ foo }}"));
    }

    @Test
    void ends() {
        assertThatThrownBy(() -> render("{{range $i := 1000000000}}{{.}}{{end}}")).isInstanceOf(BadTemplate.class);
    }
}
