package ai.kubiya.server.webhook.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {
    private static final String PAYLOAD = """
            {"action": "opened", "ref": "refs/heads/main", "severity": "Critical", "labels": ["bug", "P1"], "commits": [],
             "repository": {"name": "backend-api"}, "pull_request": {"title": "x", "additions": 12}}
            """;

    private static final JsonNode VIEW =
            EventView.of(EventView.payload(PAYLOAD), Map.of("x-github-event", "pull_request"));

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            §§                                              ¦ true
            action == 'opened'                              ¦ true
            event.action == 'opened'                        ¦ true
            event.action == 'closed'                        ¦ false
            contains(event.repository.name, 'backend')      ¦ true
            contains(event.nothing.name, 'backend')         ¦ false
            pull_request                                    ¦ true
            commits                                         ¦ false
            ref == 'refs/heads/main' && pull_request.additions > `10` ¦ true
            headers.x_github_event == 'pull_request'        ¦ true
            contains(labels, 'P1')                          ¦ true
            severity:critical                               ¦ true
            severity:critical labels:p1                     ¦ true
            severity:low                                    ¦ false
            repository.name:backend-api                     ¦ true
            """)
    void findsTheEventsThatAreMeant(String filter, boolean matches) throws BadFilter {
        assertThat(EventFilter.of(filter).matches(VIEW)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event.action ==", "event..action", "no_such_function(event)", "a b", "'", "length(a, b)"})
    void saysWhatIsWrong(String filter) {
        assertThatThrownBy(() -> EventFilter.of(filter))
                .isInstanceOf(BadFilter.class)
                .hasMessageContaining("is no JMESPath expression: ");
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> EventFilter.of("a".repeat(EventFilter.LONGEST + 1)))
                .hasMessageContaining("at most 2000 characters");
        assertThatThrownBy(() -> EventFilter.of("(".repeat(1900))).isInstanceOf(BadFilter.class);
    }

    @Test
    void endsWhateverItAsksFor() throws BadFilter {
        EventFilter doubling = EventFilter.of("event" + " | [@, @][]".repeat(150));
        EventFilter printing = EventFilter.of("event" + " | [to_string(@), to_string(@)]".repeat(60));

        assertThatThrownBy(() -> doubling.matches(VIEW)).hasMessageContaining("more work");
        assertThatThrownBy(() -> printing.matches(VIEW)).hasMessageContaining("more work");
    }

    @Test
    void keepsAPayloadsOwnEventInReach() throws BadFilter {
        JsonNode view = EventView.of(
                EventView.payload("{\"event\": {\"issue\": {\"key\": \"A-1\"}}, \"action\": \"made\"}"), Map.of());

        assertThat(EventFilter.of("event.issue.key == 'A-1' && event.action == 'made' && action == 'made'")
                        .matches(view))
                .isTrue();
    }

    @Test
    void takesPayloadsThatAreNoObjects() throws BadFilter {
        assertThat(EventFilter.of("event[1].a").matches(EventView.of(EventView.payload("[1, {\"a\": 2}]"), Map.of())))
                .isTrue();
        assertThat(EventFilter.of("event == 'x'").matches(EventView.of(EventView.payload("\"x\""), Map.of())))
                .isTrue();
    }
}
