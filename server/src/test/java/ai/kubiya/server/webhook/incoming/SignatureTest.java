package ai.kubiya.server.webhook.incoming;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.standardwebhooks.Webhook;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every sender signs in a way of its own. The test signs as the senders' documentation says. */
@ServerTest
class SignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String EVENT = "{\"action\": \"opened\", \"id\": \"evt_1\", \"event_id\": \"Ev1\"}";

    private TestServer server;
    private ApiClient client;
    private String agent;

    @BeforeEach
    void beginWithAnAgent(TestServer server, ApiClient client) {
        this.server = server;
        this.client = client;
        agent = client.create("/v1/agents", "{\"name\": \"helper\"}");
    }

    private Sender sender(String type, String secret) {
        return Sender.to(
                client,
                server.anonymous(),
                agent,
                ", \"signature\": {\"type\": \"%s\", \"secret\": \"%s\"}".formatted(type, secret));
    }

    /** What holds for all: the right signature is taken, no signature is not, nor is another's or one of something else. */
    private void check(String type, BiFunction<String, String, Map<String, String>> sign) {
        Sender sender = sender(type, SECRET);

        assertThat(sender.post(EVENT, sign.apply(SECRET, EVENT))).as(type).hasStatus(202);
        assertThat(sender.post(EVENT))
                .as(type)
                .hasStatus(401)
                .hasErrorCode("AUTH_REQUIRED")
                .saysWhy("signed events only");
        assertThat(sender.post(EVENT, sign.apply("whsec_" + "A".repeat(32), EVENT)))
                .as(type)
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED")
                .saysWhy("does not fit")
                .doesNotMention(SECRET);
        assertThat(sender.events()).hasSize(1);
        assertThat(client.get("/v1/webhooks/" + sender.id() + "/events")).doesNotMention(SECRET);
    }

    private void checkBody(String type, BiFunction<String, String, Map<String, String>> sign) {
        check(type, sign);
        assertThat(sender(type, SECRET).post(EVENT.replace("opened", "closed"), sign.apply(SECRET, EVENT)))
                .hasStatus(403);
    }

    private void checkAge(String type, BiFunction<Long, String, Map<String, String>> signAt) {
        long now = System.currentTimeMillis() / 1000;
        assertThat(sender(type, SECRET).post(EVENT, signAt.apply(now - 3600, EVENT)))
                .hasStatus(403);
        assertThat(sender(type, SECRET).post(EVENT, signAt.apply(now + 3600, EVENT)))
                .hasStatus(403);
    }

    @Test
    void github() {
        checkBody("github", (secret, body) -> Map.of("X-Hub-Signature-256", "sha256=" + Sender.hmac(secret, body)));
    }

    @Test
    void gitlab() {
        check("gitlab", (secret, _) -> Map.of("X-Gitlab-Token", secret));
    }

    @Test
    void aHeader() {
        check("header", (secret, _) -> Map.of("X-Webhook-Secret", secret));
    }

    private static Map<String, String> slack(long at, String secret, String body) {
        return Map.of(
                "X-Slack-Request-Timestamp",
                Long.toString(at),
                "X-Slack-Signature",
                "v0=" + Sender.hmac(secret, "v0:" + at + ":" + body));
    }

    @Test
    void slack() {
        long now = System.currentTimeMillis() / 1000;
        checkBody("slack", (secret, body) -> slack(now, secret, body));
        checkAge("slack", (at, body) -> slack(at, SECRET, body));
    }

    private static Map<String, String> stripe(long at, String secret, String body) {
        return Map.of("Stripe-Signature", "t=" + at + ",v1=00ff,v1=" + Sender.hmac(secret, at + "." + body) + ",v0=x");
    }

    @Test
    void stripe() {
        long now = System.currentTimeMillis() / 1000;
        checkBody("stripe", (secret, body) -> stripe(now, secret, body));
        checkAge("stripe", (at, body) -> stripe(at, SECRET, body));
    }

    private static Map<String, String> standard(long at, String secret, String body) {
        try {
            return Map.of(
                    "webhook-id",
                    "msg_1",
                    "webhook-timestamp",
                    Long.toString(at),
                    "webhook-signature",
                    new Webhook(secret).sign("msg_1", at, body));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void standardWebhooks() {
        long now = System.currentTimeMillis() / 1000;
        checkBody("standard", (secret, body) -> standard(now, secret, body));
        checkAge("standard", (at, body) -> standard(at, SECRET, body));
    }

    @Test
    void theSendersIdIsInTheBodyOfSlackAndStripe() {
        long now = System.currentTimeMillis() / 1000;
        Sender slack = sender("slack", SECRET);
        Sender stripe = sender("stripe", SECRET);

        assertThat(slack.post(EVENT, slack(now, SECRET, EVENT))).has("/duplicate", false);
        assertThat(slack.post(EVENT, slack(now - 1, SECRET, EVENT))).has("/duplicate", true);
        assertThat(stripe.post(EVENT, stripe(now, SECRET, EVENT))).has("/duplicate", false);
        assertThat(stripe.post(EVENT, stripe(now - 1, SECRET, EVENT))).has("/duplicate", true);
    }

    @Test
    void slackHearsItsChallenge() {
        String challenge = "{\"token\": \"x\", \"challenge\": \"3eZbrw1aB\", \"type\": \"url_verification\"}";
        Sender sender = sender("slack", SECRET);
        long now = System.currentTimeMillis() / 1000;

        assertThat(sender.post(challenge, slack(now, SECRET, challenge)))
                .hasStatus(200)
                .has("/challenge", "3eZbrw1aB");
        assertThat(sender.post(challenge)).hasStatus(401);
        assertThat(sender.events()).isEmpty();
    }

    @Test
    void aNewSecretIsTheOnlyOneAtOnce() {
        Sender sender = sender("github", SECRET);
        Map<String, String> signed = Map.of("X-Hub-Signature-256", "sha256=" + Sender.hmac(SECRET, EVENT));
        assertThat(sender.post(EVENT, signed)).hasStatus(202);

        client.patch("/v1/webhooks/" + sender.id(), "{\"signature\": {\"type\": \"github\", \"secret\": \"other\"}}");

        assertThat(sender.post(EVENT, signed)).hasStatus(403);
        assertThat(sender.post(EVENT, Map.of("X-Hub-Signature-256", "sha256=" + Sender.hmac("other", EVENT))))
                .hasStatus(202);
    }
}
