package ai.kubiya.server.webhook.incoming;

import static ai.kubiya.server.testing.ScriptedReply.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.Script;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.TestServer;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every event that was accepted is worked on, and once, whatever is killed. */
class KilledServerTest {
    private static final int EVENTS = 150;

    private final ScriptedModelServer model = new ScriptedModelServer();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private TestServer database;

    @BeforeEach
    void start() {
        model.play(new Script(List.of(new Script.Conditional("", text("Seen."))), List.of()));
        database = TestServer.builder()
                .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                .withSetting("KUBIYA_LLM_BASE_URL", model.url())
                .withSetting("KUBIYA_LLM_MODELS", "scripted")
                .withSetting("KUBIYA_WEBHOOK_RATE_LIMIT_PER_MINUTE", "0")
                .start();
    }

    @AfterEach
    void close() {
        database.close();
        model.close();
    }

    private static Sender webhook(ApiClient client) {
        String agent = client.create("/v1/agents", "{\"name\": \"helper\"}");
        return Sender.to(client, client, agent, ", \"prompt\": \"event {{.event.n}}\"");
    }

    /** Posts all events at full speed; a sender that hears nothing sends again, as senders do. */
    private ExecutorService post(String path, IntFunction<ApiClient> server) {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        IntStream.range(0, EVENTS)
                .forEach(n -> threads.execute(() -> {
                    boolean isAccepted = isAccepted(path, n, server);
                    while (!isAccepted) {
                        LockSupport.parkNanos(20_000_000);
                        isAccepted = isAccepted(path, n, server);
                    }
                }));
        threads.shutdown();
        return threads;
    }

    private boolean isAccepted(String path, int n, IntFunction<ApiClient> server) {
        try {
            Answer answer = server.apply(n)
                    .withHeader("webhook-id", "event-" + n)
                    .post(path, "{\"n\": %d, \"more\": \"%s\"}".formatted(n, "x".repeat(2000)));
            if (answer.status() == 202) {
                accepted.add(answer.id());
            }
            return answer.status() == 202;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void awaitAccepted(int count) {
        Eventually.see(accepted::size, size -> size >= count);
    }

    private void assertEachHasOneTurn(String webhook, ApiClient client) {
        Eventually.see(
                () -> client.get("/v1/webhooks/" + webhook + "/events?status=completed&limit=1")
                        .at("/pagination/total")
                        .asInt(),
                total -> total == EVENTS);
        assertThat(accepted).hasSize(EVENTS).doesNotHaveDuplicates();
        assertThat(database.stored("SELECT id FROM received_event WHERE status = 'completed'"))
                .containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(database.stored("SELECT count(*) FROM execution WHERE kind = 'agent_turn'"))
                .containsExactly(Integer.toString(EVENTS));
        assertThat(database.stored("SELECT content ->> 'content' FROM session_message WHERE role = 'user'"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, EVENTS).mapToObj(n -> "event " + n).toList());
    }

    @Test
    void aServerThatIsKilledTwice() throws InterruptedException {
        database.stop();
        try (Servers servers = new Servers(ServerProcess.inPlaceOf(database))) {
            Sender webhook = webhook(servers.now.client());
            ExecutorService posting = post(webhook.path(), _ -> servers.now.anonymous());
            for (int kill = 1; kill <= 2; kill++) {
                awaitAccepted(kill * EVENTS / 3);
                servers.now.kill();
                servers.now = ServerProcess.inPlaceOf(database);
            }
            assertThat(posting.awaitTermination(120, TimeUnit.SECONDS)).isTrue();

            assertEachHasOneTurn(webhook.id(), servers.now.client());
        }
    }

    /** The server that is there now. */
    private static final class Servers implements AutoCloseable {
        private volatile ServerProcess now;

        private Servers(ServerProcess first) {
            now = first;
        }

        @Override
        public void close() {
            now.close();
        }
    }

    @Test
    void twoServersOfWhichOneIsKilled() throws InterruptedException {
        database.stop();
        try (ServerProcess one = ServerProcess.beside(database, "one");
                ServerProcess two = ServerProcess.beside(database, "two")) {
            Sender webhook = webhook(one.client());
            AtomicBoolean both = new AtomicBoolean(true);
            ExecutorService posting =
                    post(webhook.path(), n -> n % 2 == 0 && both.get() ? two.anonymous() : one.anonymous());
            awaitAccepted(EVENTS / 3);
            two.kill();
            both.set(false);
            assertThat(posting.awaitTermination(120, TimeUnit.SECONDS)).isTrue();

            assertEachHasOneTurn(webhook.id(), one.client());
        }
    }
}
