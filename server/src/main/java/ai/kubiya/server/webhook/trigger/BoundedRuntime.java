package ai.kubiya.server.webhook.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.burt.jmespath.RuntimeConfiguration;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Evaluates one expression once, within bounds: a line of text can ask for more than any server has. */
final class BoundedRuntime extends JacksonRuntime {
    private static final long MOST_VALUES = 20_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int EVERY = 1000;

    private final long end = System.nanoTime() + LONGEST.toNanos();
    private long values;
    private int calls;

    BoundedRuntime() {
        // A field that is not there is no error: the event is just not one of those that are meant.
        super(RuntimeConfiguration.builder().withSilentTypeErrors(true).build());
    }

    /** The bounds were met. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void spend(long more) {
        values += more + 1;
        if (values > MOST_VALUES || (++calls % EVERY == 0 && System.nanoTime() - end > 0)) {
            throw new TooMuch();
        }
    }

    @Override
    public JsonNode getProperty(JsonNode value, JsonNode name) {
        spend(0);
        return super.getProperty(value, name);
    }

    @Override
    public List<JsonNode> toList(JsonNode value) {
        spend(value.size());
        return super.toList(value);
    }

    @Override
    public JsonNode createArray(Collection<JsonNode> elements) {
        spend(elements.size());
        return super.createArray(elements);
    }

    @Override
    public JsonNode createObject(Map<JsonNode, JsonNode> fields) {
        spend(fields.size());
        return super.createObject(fields);
    }

    @Override
    public JsonNode createString(String text) {
        spend(text.length());
        return super.createString(text);
    }
}
