package ai.kubiya.server.webhook.incoming.sender;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.webhook.definition.SenderKind;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Finds out whether an event comes from somebody who has the secret. */
public final class SignatureCheck {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Clock clock;

    public SignatureCheck(Clock clock) {
        this.clock = clock;
    }

    /** @throws ApiException 401 when there is no signature, 403 when it does not fit */
    public void require(SenderKind kind, String secret, Posted posted) {
        switch (kind) {
            case GITHUB ->
                requireEqual(
                        "sha256=" + hex(secret, posted.body()),
                        header(posted, "x-hub-signature-256"),
                        "X-Hub-Signature-256");
            case GITLAB -> requireEqual(secret, header(posted, "x-gitlab-token"), "X-Gitlab-Token");
            case HEADER -> requireEqual(secret, header(posted, "x-webhook-secret"), "X-Webhook-Secret");
            case SLACK -> slack(secret, posted);
            case STRIPE -> stripe(secret, posted);
            case STANDARD -> standard(secret, posted);
        }
    }

    private static String header(Posted posted, String name) {
        return posted.header(name)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.AUTH_REQUIRED,
                        "This webhook takes signed events only: the header " + name + " is missing."));
    }

    private static void requireEqual(String wanted, String got, String header) {
        boolean equal =
                MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), got.getBytes(StandardCharsets.UTF_8));
        if (!equal) {
            throw wrong("The header " + header + " does not fit the event and the webhook's secret.");
        }
    }

    private static ApiException wrong(String sentence) {
        return ApiException.of(ErrorCode.ACCESS_DENIED, sentence + " Check the secret on both sides.");
    }

    private void slack(String secret, Posted posted) {
        String timestamp = header(posted, "x-slack-request-timestamp");
        String signature = header(posted, "x-slack-signature");
        requireRecent(timestamp);
        requireEqual("v0=" + hex(secret, "v0:" + timestamp + ":" + posted.body()), signature, "X-Slack-Signature");
    }

    /** {@code t=TIME,v1=SIGNATURE}, with several signatures while a secret is being changed. */
    private void stripe(String secret, Posted posted) {
        Map<String, List<String>> parts = Arrays.stream(
                        header(posted, "stripe-signature").split(","))
                .map(part -> part.strip().split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.groupingBy(
                        pair -> pair[0], Collectors.mapping(pair -> pair[1], Collectors.toList())));
        String timestamp = parts.getOrDefault("t", List.of("")).getFirst();
        requireRecent(timestamp);
        byte[] wanted = hex(secret, timestamp + "." + posted.body()).getBytes(StandardCharsets.UTF_8);
        boolean fits = parts.getOrDefault("v1", List.of()).stream()
                .anyMatch(one -> MessageDigest.isEqual(wanted, one.getBytes(StandardCharsets.UTF_8)));
        if (!fits) {
            throw wrong("The header Stripe-Signature does not fit the event and the webhook's secret.");
        }
    }

    /** The age is checked by the library, too. */
    private static void standard(String secret, Posted posted) {
        String id = header(posted, "webhook-id");
        String timestamp = header(posted, "webhook-timestamp");
        String signature = header(posted, "webhook-signature");
        try {
            new Webhook(secret)
                    .verify(
                            posted.body(),
                            Map.of(
                                    "webhook-id", List.of(id),
                                    "webhook-timestamp", List.of(timestamp),
                                    "webhook-signature", List.of(signature)));
        } catch (EmptyWebhookSecretException | WebhookVerificationException e) {
            throw wrong("The header webhook-signature does not fit the event and the webhook's secret, or it is older"
                    + " than five minutes.");
        }
    }

    private void requireRecent(String timestamp) {
        boolean recent = timestamp.matches("\\d{1,12}")
                && Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp)) <= TOLERANCE.toSeconds();
        if (!recent) {
            throw wrong("The event was signed at \"" + timestamp + "\", which is not within the last five minutes.");
        }
    }

    private static String hex(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
