package ai.kubiya.server.agent.chat.loop;

import static ai.kubiya.server.agent.chat.loop.ScriptedModel.call;
import static ai.kubiya.server.agent.chat.loop.ScriptedModel.calls;
import static ai.kubiya.server.agent.chat.loop.ScriptedModel.says;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelUsage;
import ai.kubiya.server.model.ToolRequest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn whose process dies ends like one whose process does not, wherever that happens. */
class TurnResumeTest {
    private static TurnScenario scenario() {
        TurnScenario scenario = new TurnScenario(new ScriptedModel(
                calls(
                        "Let me look. ",
                        call("a", "list", "{\"what\":\"pods\"}"),
                        call("b", "show", "{\"what\":\"logs\"}")),
                calls("", call("c", "unknown", "{}"), call("d", "list", "{\"what\":\"nodes\"}")),
                calls("Once more. ", call("e", "refused", "{\"what\":\"x\"}")),
                says("All of it is well.")));
        scenario.tools.prints("list", "one\ntwo\nthree\n");
        scenario.tools.ends("show", new ToolOutcome(ToolOutcome.Status.FAILED, 3, "oops\n", null));
        return scenario;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCrashAtAnyAppendChangesNothingInTheEnd(boolean kept) throws InterruptedException {
        TurnScenario whole = scenario();
        TurnEvent.Done expected = whole.run();
        int appends = whole.journal.appends();
        assertThat(appends).isGreaterThan(20);

        for (int cut = 1; cut <= appends; cut++) {
            TurnScenario scenario = scenario();
            scenario.journal.crashAt(cut, kept);
            crash(scenario);
            scenario.journal.heal();

            TurnEvent.Done done = scenario.run();

            assertThat(done).as("cut at %d", cut).isEqualTo(expected);
            assertSameEnd(scenario, whole);
        }
    }

    @Test
    void manyCrashesInOneTurnChangeNothingEither() throws InterruptedException {
        TurnScenario whole = scenario();
        TurnEvent.Done expected = whole.run();
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            TurnScenario scenario = scenario();
            int lives = 0;
            do {
                scenario.journal.crashAt(1 + random.nextInt(9), random.nextBoolean());
                lives++;
            } while (crash(scenario));

            assertThat(lives).as("lives with seed %d", seed).isGreaterThan(1);
            assertThat(scenario.journal.events().getLast()).isEqualTo(expected);
            assertSameEnd(scenario, whole);
        }
    }

    private static boolean crash(TurnScenario scenario) throws InterruptedException {
        try {
            scenario.run();
            return false;
        } catch (MemoryJournal.Crash e) {
            return true;
        }
    }

    private static void assertSameEnd(TurnScenario scenario, TurnScenario whole) {
        assertThat(scenario.conversation()).isEqualTo(whole.conversation());
        assertThat(scenario.tools.started).containsExactlyInAnyOrderElementsOf(whole.tools.started);
        assertThat(textOfMessages(scenario.journal.events()))
                .containsExactlyElementsOf(textOfMessages(whole.journal.events()));
        Set<String> outputs = new HashSet<>();
        for (TurnEvent.ToolOutput output : scenario.journal.events(TurnEvent.ToolOutput.class)) {
            assertThat(outputs.add(output.executionId() + "/" + output.seq())).isTrue();
        }
        assertThat(outputs).hasSameSizeAs(whole.journal.events(TurnEvent.ToolOutput.class));
        assertThat(scenario.journal.events(TurnEvent.ToolResult.class))
                .extracting(TurnEvent.ToolResult::id)
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    /** What a reader has before it who puts the pieces together and drops what is void. */
    private static List<String> textOfMessages(List<TurnEvent> events) {
        Map<String, String> messages = new LinkedHashMap<>();
        for (TurnEvent event : events) {
            switch (event) {
                case TurnEvent.MessageDelta delta -> messages.merge(delta.messageId(), delta.content(), String::concat);
                case TurnEvent.MessageRestarted restarted ->
                    assertThat(messages.remove(restarted.messageId())).isNotNull();
                case TurnEvent.Message message ->
                    assertThat(messages.get(message.messageId())).isEqualTo(message.content());
                case TurnEvent.Knowledge _,
                        TurnEvent.ToolCall _,
                        TurnEvent.ApprovalRequired _,
                        TurnEvent.ToolOutput _,
                        TurnEvent.ToolResult _,
                        TurnEvent.Failure _,
                        TurnEvent.Done _ -> {
                    // No text.
                }
            }
        }
        return List.copyOf(messages.values());
    }

    @Test
    void anExecutionThatWasLostMeanwhileIsAnErrorResultAndNotStartedAgain() throws InterruptedException {
        TurnScenario scenario = scenario();
        ModelMessage step =
                new ModelMessage.Assistant("", List.of(new ToolRequest("a", "list", "{\"what\":\"pods\"}")));
        scenario.journal.append(List.of(
                new TurnEntry.Stored("msg_1", step, ModelUsage.NONE),
                new TurnEntry.Told(
                        new TurnEvent.ToolCall("a", "list", JsonNodeFactory.instance.objectNode(), "exec-list-9"))));
        scenario.tools.lost.add("exec-list-9");

        scenario.run();

        assertThat(scenario.journal.events(TurnEvent.ToolResult.class).getFirst())
                .satisfies(result -> {
                    assertThat(result.status()).isEqualTo("lost");
                    assertThat(result.content()).contains("may or may not have happened");
                });
        assertThat(scenario.journal.messages().get(1))
                .isInstanceOfSatisfying(
                        ModelMessage.ToolResult.class,
                        result -> assertThat(result.isError()).isTrue());
        assertThat(scenario.tools.started).noneMatch(start -> start.contains("pods"));
    }

    @Test
    void aTurnThatIsOverIsNotTakenUpAgain() throws InterruptedException {
        TurnScenario scenario = scenario();
        TurnEvent.Done done = scenario.run();
        int appends = scenario.journal.appends();

        assertThat(scenario.run()).isEqualTo(done);
        assertThat(scenario.journal.appends()).isEqualTo(appends);
    }
}
