package ai.kubiya.server.agent.chat.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelMessage.Assistant;
import ai.kubiya.server.model.ModelMessage.SystemPrompt;
import ai.kubiya.server.model.ModelMessage.ToolResult;
import ai.kubiya.server.model.ModelMessage.User;
import ai.kubiya.server.model.ToolRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromptTest {
    private static final TurnAgent AGENT =
            new TurnAgent(List.of("Be brief.", " "), List.of(TurnScenario.tool("list")), TurnLimits.DEFAULT);

    @Test
    void putsTheAgentsInstructionsAndTheRulesFirst() {
        List<ModelMessage> prompt = new Prompt(AGENT, 1000, List.of()).of(List.of(new User("hello")));

        assertThat(prompt).containsExactly(new SystemPrompt("Be brief.\n\n" + Prompt.RULES), new User("hello"));
    }

    @Test
    void leavesOutTheOldestExchangesAndSaysSo() {
        List<ModelMessage> prompt = new Prompt(AGENT, 400, List.of())
                .of(List.of(
                        new User("old " + "x".repeat(2000)),
                        new Assistant("old answer", List.of()),
                        new User("recent"),
                        new Assistant("recent answer", List.of()),
                        new User("now")));

        assertThat(prompt.subList(1, prompt.size()))
                .containsExactly(new User("recent"), new Assistant("recent answer", List.of()), new User("now"));
        assertThat(((SystemPrompt) prompt.getFirst()).text()).contains("left out");
    }

    @Test
    void shortensOldOutputsOfTheCurrentExchangeButNotTheLatest() {
        List<ModelMessage> prompt = new Prompt(AGENT, 700, List.of())
                .of(List.of(
                        new User("now"),
                        new Assistant("", List.of(new ToolRequest("a", "list", "{}"))),
                        new ToolResult("a", "list", "x".repeat(4000), false),
                        new Assistant("", List.of(new ToolRequest("b", "list", "{}"))),
                        new ToolResult("b", "list", "y".repeat(900), false)));

        assertThat(((ToolResult) prompt.get(3)).content()).contains("left out for want of room");
        assertThat(((ToolResult) prompt.get(5)).content()).contains("y".repeat(900));
    }

    @Test
    void givesEveryCallAResultInTheOrderOfTheCalls() {
        List<ModelMessage> prompt = new Prompt(AGENT, 10_000, List.of())
                .of(List.of(
                        new User("now"),
                        new Assistant(
                                "",
                                List.of(
                                        new ToolRequest("a", "list", "{}"),
                                        new ToolRequest("b", "list", "{}"),
                                        new ToolRequest("c", "list", "{}"))),
                        new ToolResult("c", "list", "third", false),
                        new ToolResult("a", "list", "first", false),
                        new User("go on")));

        assertThat(prompt.subList(3, 6))
                .extracting(m -> ((ToolResult) m).callId())
                .containsExactly("a", "b", "c");
        assertThat(((ToolResult) prompt.get(4)).content()).contains("may or may not have happened");
        assertThat(((ToolResult) prompt.get(4)).isError()).isTrue();
    }

    @Test
    void neverSeparatesACallFromItsResultAtAnyBudget() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            List<ModelMessage> prompt =
                    new Prompt(AGENT, random.nextInt(3000), List.of()).of(randomConversation(random));

            Set<String> open = new HashSet<>();
            for (ModelMessage message : prompt.subList(1, prompt.size())) {
                switch (message) {
                    case Assistant assistant -> {
                        assertThat(open).isEmpty();
                        assistant.toolCalls().forEach(call -> open.add(call.id()));
                    }
                    case ToolResult result ->
                        assertThat(open.remove(result.callId())).isTrue();
                    case User _ -> assertThat(open).isEmpty();
                    case SystemPrompt _ -> throw new AssertionError("a second system prompt");
                }
            }
            assertThat(open).isEmpty();
            assertThat(prompt.get(1)).isInstanceOf(User.class);
            assertThat(prompt).contains(new User("last"));
        }
    }

    private static List<ModelMessage> randomConversation(Random random) {
        List<ModelMessage> conversation = new ArrayList<>();
        int ids = 0;
        for (int exchange = random.nextInt(6); exchange >= 0; exchange--) {
            conversation.add(new User(exchange == 0 ? "last" : "question " + "q".repeat(random.nextInt(500))));
            for (int step = random.nextInt(4); step > 0; step--) {
                List<ToolRequest> calls = new ArrayList<>();
                List<ModelMessage> results = new ArrayList<>();
                for (int call = random.nextInt(4); call > 0; call--) {
                    String id = "c" + ids++;
                    calls.add(new ToolRequest(id, "list", "{}"));
                    if (random.nextInt(5) > 0) {
                        results.add(new ToolResult(id, "list", "o".repeat(random.nextInt(3000)), false));
                    }
                }
                conversation.add(new Assistant("text", calls));
                conversation.addAll(results);
            }
        }
        return conversation;
    }
}
