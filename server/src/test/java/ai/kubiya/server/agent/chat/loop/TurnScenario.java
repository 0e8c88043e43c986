package ai.kubiya.server.agent.chat.loop;

import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelTool;
import ai.kubiya.server.model.ModelTurn;
import ai.kubiya.server.model.RetryPolicy;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A turn with everything around it in memory. */
final class TurnScenario {
    static final TurnLimits LIMITS = new TurnLimits(10, 0, 20, 3, Duration.ofMinutes(5), 0, 100_000, 1000);

    final MemoryJournal journal = new MemoryJournal();
    final ScriptedTools tools = new ScriptedTools();
    final Cancellation cancellation = new Cancellation();
    final List<ModelMessage> history = new ArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StreamingChatModel model;
    private TurnLimits limits = LIMITS;

    TurnScenario(StreamingChatModel model) {
        this.model = model;
        history.add(new ModelMessage.User("do it"));
    }

    TurnScenario limits(TurnLimits changed) {
        limits = changed;
        return this;
    }

    TurnAgent agent() {
        List<ModelTool> specs =
                Stream.of("list", "show", "refused").map(TurnScenario::tool).toList();
        return new TurnAgent(List.of("You are an operator."), specs, limits);
    }

    static ModelTool tool(String name) {
        ObjectNode schema = new ObjectMapper().createObjectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("what").put("type", "string");
        properties.putObject("count").put("type", "integer");
        schema.putArray("required").add("what");
        return new ModelTool(name, "does " + name, schema);
    }

    Turn turn() {
        ModelTurn step = new ModelTurn(model, new RetryPolicy(1, Duration.ZERO, Duration.ZERO), new Random(1));
        return new Turn(agent(), history, TurnKnowledge.NONE, () -> step, journal, tools, cancellation);
    }

    TurnEvent.Done run() throws InterruptedException {
        return run(turn());
    }

    TurnEvent.Done run(Turn turn) throws InterruptedException {
        TurnLoop loop = new TurnLoop(Clock.systemUTC(), () -> "id" + ids.incrementAndGet(), Duration.ZERO);
        TurnResult.Over over = (TurnResult.Over) loop.run(turn);
        assertLast(over.done());
        return over.done();
    }

    private void assertLast(TurnEvent.Done done) {
        if (!journal.events().getLast().equals(done)) {
            throw new AssertionError("done is not the last event: " + journal.events());
        }
    }

    /** The conversation as the next turn's model would see it, which has one order only. */
    List<ModelMessage> conversation() {
        List<ModelMessage> all = new ArrayList<>(history);
        all.addAll(journal.messages());
        return new Prompt(agent(), Integer.MAX_VALUE, List.of()).of(all);
    }

    List<String> types() {
        return journal.events().stream().map(TurnEvent::type).toList();
    }

    TurnEvent.Failure failure() {
        return journal.events(TurnEvent.Failure.class).getFirst();
    }
}
