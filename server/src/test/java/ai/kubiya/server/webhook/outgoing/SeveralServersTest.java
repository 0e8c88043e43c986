package ai.kubiya.server.webhook.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.ScriptedReceiver.Call;
import ai.kubiya.server.testing.ScriptedReceiver.Reply;
import ai.kubiya.server.testing.ServerProcess;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two servers on one database, and servers that are killed. */
class SeveralServersTest {
    private static TestServer.Builder server() {
        return TestServer.builder().withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true");
    }

    private static void agent(ApiClient client, String name) {
        client.create("/v1/agents", "{\"name\": \"%s\"}".formatted(name));
    }

    private static List<String> names(List<Call> calls) {
        return calls.stream()
                .map(call -> Subscriber.json(call).at("/data/name").asText())
                .toList();
    }

    @Test
    void deliverEveryEventOnceBetweenThem() {
        try (TestServer one = server().start();
                TestServer two = one.replica();
                Subscriber subscriber = Subscriber.to(one.client(), "[\"teammate.created\"]")) {
            List<String> names =
                    IntStream.range(0, 60).mapToObj(i -> "agent-" + i).toList();
            names.parallelStream().forEach(name -> agent(name.hashCode() % 2 == 0 ? one.client() : two.client(), name));

            List<Call> calls = subscriber.receiver().await(60);

            assertThat(names(calls)).containsExactlyInAnyOrderElementsOf(names);
            assertThat(one.stored("SELECT count(*) FROM webhook_delivery")).containsExactly("60");
        }
    }

    @Test
    void deliverAtLeastOnceWhateverIsKilled() throws InterruptedException {
        Gate gate = new Gate();
        try (TestServer stopped = server().start()) {
            stopped.stop();
            try (ServerProcess killed = ServerProcess.inPlaceOf(stopped);
                    Subscriber subscriber = Subscriber.to(killed.client(), "[\"teammate.created\"]")) {
                subscriber.receiver().then(Reply.heldAt(gate, Reply.status(200)));
                IntStream.range(0, 20).forEach(i -> agent(killed.client(), "agent-" + i));
                // One is in the middle of a call; the others are anywhere.
                gate.awaitReached();
                killed.kill();
                gate.open();
                try (ServerProcess next = ServerProcess.inPlaceOf(stopped)) {
                    agent(next.client(), "agent-20");

                    List<Call> calls = subscriber
                            .receiver()
                            .await(
                                    all -> names(all).stream()
                                                    .collect(Collectors.toSet())
                                                    .size()
                                            == 21,
                                    "all agents");

                    assertThat(calls.stream()
                                    .map(call -> call.headers().get("webhook-id"))
                                    .collect(Collectors.toSet()))
                            .hasSize(21);
                }
            }
        }
    }
}
