package ai.kubiya.server.webhook.incoming.answer;

import ai.kubiya.server.webhook.definition.Incoming;
import ai.kubiya.server.webhook.definition.Webhook;
import ai.kubiya.server.webhook.incoming.ReceivedEvent;

/**
 * What came of an event.
 *
 * @param result in words; empty when nothing did
 */
record Answer(Webhook webhook, ReceivedEvent event, String result) {
    private Incoming definition() {
        return webhook.incoming();
    }

    /** One line about where this comes from; empty when the webhook does not want it. */
    String heading() {
        if (definition().hideHeaders()) {
            return "";
        }
        return definition().source().isBlank()
                ? definition().name()
                : definition().name() + " (" + definition().source() + ")";
    }

    /** For people. */
    String text() {
        String message = event.message() == null ? "" : " " + event.message();
        return switch (event.status()) {
            case COMPLETED -> result.isBlank() ? "Done." : result;
            case CANCELLED -> "It was cancelled.";
            case FAILED -> ("It failed." + message + (result.isBlank() ? "" : "\n\n" + result)).strip();
            case ACCEPTED, RUNNING, FILTERED -> "";
        };
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }
}
