package ai.kubiya.server.webhook.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.parser.ParseException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says which events a webhook is for: a JMESPath expression that is true for them, or words {@code field:value}, all of
 * which must be so. Empty is for all.
 *
 * @param text as the user wrote it
 */
public record EventFilter(String text) {
    public static final int LONGEST = 2000;

    private static final Pattern WORDS = Pattern.compile("[\\w.-]+:[^\\s:]+(\\s+[\\w.-]+:[^\\s:]+)*");

    /** @throws BadFilter when it can be read as neither */
    public static EventFilter of(String text) throws BadFilter {
        EventFilter filter = new EventFilter(text.strip());
        if (filter.text.length() > LONGEST) {
            throw new BadFilter("must have at most " + LONGEST + " characters");
        }
        if (!filter.isWords() && !filter.text.isEmpty()) {
            filter.compiled(new BoundedRuntime());
        }
        return filter;
    }

    private boolean isWords() {
        return WORDS.matcher(text).matches();
    }

    private io.burt.jmespath.Expression<JsonNode> compiled(BoundedRuntime runtime) throws BadFilter {
        try {
            return runtime.compile(text);
        } catch (ParseException e) {
            throw new BadFilter("is no JMESPath expression: " + firstError(e));
        } catch (JmesPathException e) {
            throw new BadFilter("is no JMESPath expression: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new BadFilter("is nested too deeply");
        }
    }

    private static String firstError(ParseException e) {
        String message = String.valueOf(e.getMessage());
        int colon = message.lastIndexOf("\": ");
        return colon < 0 ? message : message.substring(colon + 3);
    }

    /**
     * Whether an event is one of those that are meant.
     *
     * @param view see {@link EventView}
     * @throws BadFilter when that cannot be found out
     */
    public boolean matches(JsonNode view) throws BadFilter {
        if (text.isEmpty()) {
            return true;
        }
        if (isWords()) {
            return List.of(text.split("\\s+")).stream().allMatch(word -> has(view, word));
        }
        BoundedRuntime runtime = new BoundedRuntime();
        try {
            return runtime.isTruthy(compiled(runtime).search(view));
        } catch (BoundedRuntime.TooMuch e) {
            throw new BadFilter("asks for more work than a filter may make");
        } catch (JmesPathException e) {
            throw new BadFilter("could not be evaluated: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new BadFilter("is nested too deeply");
        }
    }

    private static boolean has(JsonNode view, String word) {
        int colon = word.indexOf(':');
        String wanted = word.substring(colon + 1);
        JsonNode value = view;
        for (String name : word.substring(0, colon).split("\\.")) {
            value = value.path(name);
        }
        return value.isArray()
                ? value.valueStream().anyMatch(element -> element.asText().equalsIgnoreCase(wanted))
                : value.isValueNode() && value.asText().equalsIgnoreCase(wanted);
    }
}
