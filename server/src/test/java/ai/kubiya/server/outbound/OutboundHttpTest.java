package ai.kubiya.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ScriptedReceiver;
import ai.kubiya.server.testing.ScriptedReceiver.Call;
import ai.kubiya.server.testing.ScriptedReceiver.Reply;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundHttpTest {
    private static final InetAddress INSIDE = InetAddress.ofLiteral("127.0.0.2");
    private static final CallLimits SHORT =
            new CallLimits(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(2), 1000, 3);

    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final ScriptedReceiver inside = ScriptedReceiver.startAt("127.0.0.2");
    /** As if one of this machine's addresses were outside and the other inside. */
    private final OutboundHttp http = new OutboundHttp(INSIDE::equals, SHORT);

    @AfterEach
    void close() {
        http.close();
        receiver.close();
        inside.close();
    }

    private CallAnswer post(String url) throws CallFailed {
        return http.post(url, Map.of("x-mine", "yes"), "{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void postsAndReadsTheAnswer() throws CallFailed {
        receiver.then(Reply.json(201, "{\"id\": 7}"));

        CallAnswer answer = post(receiver.url() + "/there");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"id\": 7}");
        assertThat(answer.whole()).isTrue();
        assertThat(receiver.calls()).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/there");
            assertThat(call.body()).isEqualTo("{\"a\": 1}");
            assertThat(call.headers()).containsEntry("x-mine", "yes");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void followsRedirectsWithTheSameBody(int status) throws CallFailed {
        receiver.then(Reply.redirect(status, "/elsewhere"));

        assertThat(post(receiver.url()).status()).isEqualTo(200);

        Call last = receiver.calls().getLast();
        assertThat(last.method()).isEqualTo("POST");
        assertThat(last.path()).isEqualTo("/elsewhere");
        assertThat(last.body()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void answersARedirectToAnotherKindOfRequestAsItIs() throws CallFailed {
        receiver.then(Reply.redirect(303, "/elsewhere"));

        assertThat(post(receiver.url()).status()).isEqualTo(303);
    }

    @Test
    void followsNoCircle() {
        receiver.otherwise(Reply.redirect(307, "/again"));

        assertThatThrownBy(() -> post(receiver.url())).hasMessageContaining("redirects more than 3 times");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.2:%d/", "http://127.2:%d/", "http://0x7f.0.0.2:%d/", "http://2130706434:%d/"})
    void callsNobodyInside(String url) {
        int port = Integer.parseInt(inside.url().replaceFirst(".*:", ""));

        assertThatThrownBy(() -> post(url.formatted(port))).isInstanceOf(CallFailed.class);
        assertThat(inside.calls()).isEmpty();
    }

    @Test
    void followsNoRedirectInside() {
        receiver.then(Reply.redirect(307, inside.url()));

        assertThatThrownBy(() -> post(receiver.url())).hasMessageContaining("internal address");
        assertThat(inside.calls()).isEmpty();
    }

    @Test
    void tellsNoSecretToAnotherHost() throws CallFailed {
        try (OutboundHttp free = new OutboundHttp(true, SHORT)) {
            receiver.then(Reply.redirect(307, inside.url()));

            free.post(receiver.url(), Map.of("Authorization", "Bearer x"), new byte[0]);

            assertThat(receiver.calls().getFirst().headers()).containsKey("authorization");
            assertThat(inside.calls().getFirst().headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void readsNoMoreThanItWants() throws CallFailed {
        receiver.then(Reply.endless());

        CallAnswer answer = post(receiver.url());

        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.body()).hasSize(1000);
        assertThat(answer.whole()).isFalse();
    }

    @Test
    void waitsNoLongerThanItWants() {
        Gate gate = new Gate();
        receiver.then(Reply.heldAt(gate, Reply.status(200)));

        assertThatThrownBy(() -> post(receiver.url())).hasMessageContaining("no answer within 2 s");
        gate.open();
    }

    @Test
    void takesWhatCameOfABodyThatBreaksOff() throws CallFailed {
        Gate gate = new Gate();
        receiver.then(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("begun".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            Reply.heldAt(gate, _ -> {}).to(exchange);
        });

        CallAnswer answer = post(receiver.url());

        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.body()).isEqualTo("begun");
        assertThat(answer.whole()).isFalse();
        gate.open();
    }

    @Test
    void saysWhyNobodyAnswered() {
        receiver.goDown();

        assertThatThrownBy(() -> post(receiver.url()))
                .hasMessage("nobody answers at 127.0.0.1: the connection was refused");
        assertThatThrownBy(() -> post("http://no-such-host.invalid/secret-path?token=secret"))
                .hasMessage("there is no host no-such-host.invalid");
        assertThatThrownBy(() -> post(inside.url().replace("http:", "https:"))).isInstanceOf(CallFailed.class);
    }

    @Test
    void saysWhatIsWrongWithAUrl() {
        assertThat(http.problem("https://example.com/hook")).isNull();
        assertThat(http.problem("ftp://example.com")).contains("https://");
        assertThat(http.problem("example.com")).contains("https://");
        assertThat(http.problem("https://")).contains("https://");
        assertThat(http.problem("https://user:pass@example.com")).contains("user or password");
        assertThat(http.problem("http://127.0.0.2/")).contains("internal address");
        assertThat(http.problem("https://example.com/" + "x".repeat(2000))).contains("2000");
    }
}
