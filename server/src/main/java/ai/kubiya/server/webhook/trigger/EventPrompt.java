package ai.kubiya.server.webhook.trigger;

import ai.kubiya.runner.template.BadTemplate;
import ai.kubiya.runner.template.TemplateCheck;
import ai.kubiya.runner.template.TemplateRenderer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the message to an agent of a template and an event. */
public final class EventPrompt {
    public static final int LONGEST_TEMPLATE = 200_000;

    /** More than that of an event is of no use to a model. */
    private static final int LONGEST_MESSAGE = 400_000;
    /** As other template languages call it. */
    private static final Pattern LENGTH = Pattern.compile("(\\{\\{[^{}]*\\|\\s*)length(\\s*-?}})");

    private EventPrompt() {}

    /** What is wrong with a template, as the rest of a sentence. */
    public static Optional<String> problem(String template) {
        return TemplateCheck.ofText(ours(template)).errors().stream()
                .findFirst()
                .map(BadTemplate::getMessage);
    }

    /**
     * The message. An empty template is for the whole event.
     *
     * @param view see {@link EventView}
     * @throws BadTemplate when the template cannot be written with this event
     */
    public static String render(String template, JsonNode view) throws BadTemplate {
        String text = TemplateRenderer.text(template.isBlank() ? "{{.event}}" : ours(template), view);
        String clean = text.replace('\0', '\uFFFD');
        if (clean.length() <= LONGEST_MESSAGE) {
            return paired(clean);
        }
        return paired(clean.substring(0, LONGEST_MESSAGE)) + "\n(cut off; the event is longer)";
    }

    private static String ours(String template) {
        return LENGTH.matcher(template).replaceAll("$1len$2");
    }

    /** Halves of characters, which JSON may escape and no database takes, are replaced. */
    private static String paired(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
