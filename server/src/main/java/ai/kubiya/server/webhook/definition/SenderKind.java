package ai.kubiya.server.webhook.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who signs events, each in a way of its own. */
public enum SenderKind {
    /** {@code X-Hub-Signature-256}. */
    GITHUB,
    /** {@code X-Gitlab-Token}: the secret itself. */
    GITLAB,
    /** {@code X-Slack-Signature}, with a timestamp. */
    SLACK,
    /** {@code Stripe-Signature}, with a timestamp. */
    STRIPE,
    /** Standard Webhooks: {@code webhook-signature}. */
    STANDARD,
    /** {@code X-Webhook-Secret}: the secret itself, for senders that can only add a header. */
    HEADER;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SenderKind> of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(SenderKind::wireName).collect(Collectors.joining(", "));
    }
}
