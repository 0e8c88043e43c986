package ai.kubiya.server.agent.chat.loop;

import static ai.kubiya.server.agent.chat.loop.ScriptedModel.says;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A turn with knowledge: what the model is shown, and what is kept of it. */
class ToldTurnTest {
    private static final Citation PLACE = Citation.of(1, "the-entry", 2, 0, 3, 9, 0.5);

    private final ScriptedModel model = new ScriptedModel(says("It stands in [1]."));
    private final TurnScenario scenario = new TurnScenario(model);
    private final List<String> asked = new ArrayList<>();

    private Turn turn(List<KnowledgePassage> found, List<KnowledgePassage> readAgain) {
        TurnKnowledge knowledge = new TurnKnowledge() {
            @Override
            public List<KnowledgePassage> find(String question) {
                asked.add(question);
                return found;
            }

            @Override
            public List<KnowledgePassage> read(List<Citation> citations) {
                citations.forEach(citation -> asked.add("place " + citation.number()));
                return readAgain;
            }
        };
        Turn turn = scenario.turn();
        return new Turn(
                turn.agent(),
                turn.history(),
                knowledge,
                turn.model(),
                turn.journal(),
                turn.tools(),
                turn.cancellation());
    }

    private static KnowledgePassage passage(String text) {
        return new KnowledgePassage(PLACE, "Vault", "Money", text);
    }

    private String shown() {
        return model.requests.getFirst().messages().toString();
    }

    @Test
    void showsTheModelThePassageAndKeepsItsPlace() throws InterruptedException {
        scenario.run(turn(List.of(passage("forty-seven eleven")), List.of()));

        assertThat(asked).containsExactly("do it");
        assertThat(shown()).contains("forty-seven eleven", "Vault > Money");
        assertThat(scenario.journal.events()).first().isEqualTo(new TurnEvent.Knowledge(List.of(PLACE)));
        assertThat(scenario.journal.entries().toString()).doesNotContain("forty-seven", "Vault");
    }

    @Test
    void readsThePlaceAnewWhenItIsTakenUpAgain() throws InterruptedException {
        scenario.journal.append(List.of(new TurnEntry.Told(new TurnEvent.Knowledge(List.of(PLACE)))));

        scenario.run(turn(List.of(), List.of(passage("forty-seven twelve"))));

        assertThat(asked).containsExactly("place 1");
        assertThat(shown()).contains("forty-seven twelve");
        assertThat(scenario.journal.events(TurnEvent.Knowledge.class)).hasSize(1);
    }

    @Test
    void goesOnWithoutWhatMayNotBeReadAnyMore() throws InterruptedException {
        scenario.journal.append(List.of(new TurnEntry.Told(new TurnEvent.Knowledge(List.of(PLACE)))));

        scenario.run(turn(List.of(passage("forty-seven thirteen")), List.of()));

        assertThat(shown()).doesNotContain("<knowledge>", "forty-seven");
    }
}
