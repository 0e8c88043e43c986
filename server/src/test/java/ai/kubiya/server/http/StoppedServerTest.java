package ai.kubiya.server.http;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.TestServer;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** What is left of a server in a process that goes on. */
class StoppedServerTest {

    private static WeakReference<Router> routerOfAStoppedServer() {
        try (TestServer server = TestServer.builder().start()) {
            assertThat(server.client().get("/v1/agents")).hasStatus(200);
            return new WeakReference<>(server.router());
        }
    }

    @Test
    void nothingOfItStaysInMemory() {
        WeakReference<Router> router = routerOfAStoppedServer();
        Eventually.see(
                () -> {
                    System.gc();
                    return router.refersTo(null);
                },
                gone -> gone);
    }
}
