package ai.kubiya.server.webhook.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.runner.template.BadTemplate;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPromptTest {
    private static String render(String template, String payload) throws BadTemplate {
        JsonNode view = EventView.of(EventView.payload(payload), Map.of("x-kind", "k"));
        return EventPrompt.render(template, view);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            {{.event.pull.title}} by {{ .pull.user.login }}   ¦ Fix it by ada
            <{{.event.nothing.here}}>                         ¦ <>
            {{.event}}                                        ¦ {"pull":{"title":"Fix it","user":{"login":"ada"}},"commits":[1,2,3]}
            {{.commits | length}} commits, {{.headers.x_kind}} ¦ 3 commits, k
            {{range .event.commits}}{{.}};{{end}}             ¦ 1;2;3;
            """)
    void putsTheEventIn(String template, String text) throws BadTemplate {
        assertThat(render(template, """
                {"pull": {"title": "Fix it", "user": {"login": "ada"}}, "commits": [1, 2, 3]}
                """)).isEqualTo(text);
    }

    @Test
    void givesTheWholeEventWhenThereIsNoTemplate() throws BadTemplate {
        assertThat(render(" ", "{\"a\": 1}")).isEqualTo("{\"a\":1}");
    }

    @Test
    void endsAtALengthThatModelsCanRead() throws BadTemplate {
        assertThat(render("{{.a}}", "{\"a\": \"" + "x".repeat(1_000_000) + "\"}"))
                .hasSizeLessThan(500_000)
                .endsWith("(cut off; the event is longer)");
    }

    @Test
    void leavesOutWhatNoDatabaseTakes() throws BadTemplate {
        assertThat(render("{{.a}}", "{\"a\": \"x\\u0000\\ud800y\"}")).isEqualTo("x\uFFFD\uFFFDy");
    }

    @Test
    void saysWhatIsWrongWithATemplate() {
        assertThat(EventPrompt.problem("{{if .a}}")).isPresent();
        assertThat(EventPrompt.problem("{{.a}} and docker's {{ID}}")).isEmpty();
    }
}
