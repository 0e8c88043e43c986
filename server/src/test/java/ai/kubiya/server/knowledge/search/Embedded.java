package ai.kubiya.server.knowledge.search;

import ai.kubiya.server.testing.TestServer;

/** Waits for what is made in the background. */
final class Embedded {
    private Embedded() {}

    /** Until every passage in the database has its vector. */
    static void await(TestServer server) throws InterruptedException {
        await(server, "SELECT count(*) = 0 FROM knowledge_unembedded");
    }

    static void await(TestServer server, String condition) throws InterruptedException {
        for (int i = 0; i < 6000; i++) {
            if (server.stored(condition).equals(java.util.List.of("t"))) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it does not come to: " + condition);
    }
}
