package ai.kubiya.server.model;

import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ScriptedModelServer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model of one provider against a scripted server, and what it reported. */
final class ModelTurnScenario implements AutoCloseable {
    static final String KEY = "sk-very-secret-key";
    static final ModelTool WEATHER = tool("weather", """
            {"type":"object","properties":{"city":{"type":"string","description":"which"}},"required":["city"]}
            """);

    final ScriptedModelServer server = new ScriptedModelServer();
    final List<ModelEvent> events = new CopyOnWriteArrayList<>();
    final Cancellation cancellation = new Cancellation();
    /** Opened once a piece of text has come through. */
    final Gate textIsRead = new Gate();

    private final Models models;
    private final ModelTurn turn;

    ModelTurnScenario(ModelProvider provider) {
        this(provider, new ModelTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(30)));
    }

    ModelTurnScenario(ModelProvider provider, ModelTimeouts timeouts) {
        this(provider, timeouts, new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(50)));
    }

    ModelTurnScenario(ModelProvider provider, ModelTimeouts timeouts, RetryPolicy retries) {
        ModelSettings settings = new ModelSettings(provider, server.url(), KEY, List.of("scripted"));
        models = new Models(settings, timeouts, Clock.systemUTC());
        turn = new ModelTurn(models.get(null, null), retries, new Random(1));
    }

    static ModelTool tool(String name, String schema) {
        try {
            return new ModelTool(name, "Tells the " + name + ".", new ObjectMapper().readTree(schema));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    ModelEvent.Outcome ask(ModelMessage... messages) {
        List<ModelMessage> conversation =
                messages.length > 0 ? List.of(messages) : List.of(new ModelMessage.User("What is it like in Oslo?"));
        return turn.stream(conversation, List.of(WEATHER), ModelLimits.NONE, cancellation, event -> {
            events.add(event);
            if (event instanceof ModelEvent.TextDelta) {
                textIsRead.open();
            }
        });
    }

    String streamedText() {
        StringBuilder text = new StringBuilder();
        for (ModelEvent event : events) {
            if (event instanceof ModelEvent.TextDelta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        models.close();
        server.close();
    }
}
