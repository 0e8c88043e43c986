package ai.kubiya.server.policy;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.TestServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers on one database have one opinion. */
class PolicyServersTest {
    private static final String TOOL =
            "{\"name\": \"t\", \"description\": \"d\", \"type\": \"script\", \"content\": \"true\"}";
    private static TestServer one;
    private static TestServer two;

    private ApiClient client;
    private ApiClient there;

    @BeforeAll
    static void start() {
        one = TestServer.builder().start();
        two = one.replica();
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @BeforeEach
    void begin() {
        client = one.newOrganization();
        there = two.withKey(client.key());
        client.create("/v1/tools", TOOL);
        // Both remember from now on that there is no policy.
        assertThat(client.post("/v1/tools/t/executions", "{}")).hasStatus(202);
        assertThat(there.post("/v1/tools/t/executions", "{}")).hasStatus(202);
    }

    private static void policy(ApiClient client, String expression) {
        client.create("/v1/policies", """
                {"name": "p", "applies_to": ["tool_execution"], "expression": "%s"}
                """.formatted(expression));
    }

    private static int run(ApiClient client) {
        return client.post("/v1/tools/t/executions", "{}").status();
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void hearOfEachOthersChanges() {
        policy(client, "false");
        assertThat(run(client)).isEqualTo(403);
        await(() -> run(there) == 403);

        assertThat(there.patch("/v1/policies/p", "{\"enabled\": false}")).hasStatus(200);
        assertThat(run(there)).isEqualTo(202);
        await(() -> run(client) == 202);

        there.patch("/v1/policies/p", "{\"enabled\": true, \"expression\": \"tool.name == 'x'\"}");
        assertThat(run(there)).isEqualTo(403);
        await(() -> run(client) == 403);

        client.delete("/v1/policies/p");
        assertThat(run(client)).isEqualTo(202);
        await(() -> run(there) == 202);
    }

    /** On the server that writes there is no moment in between, however often it changes. */
    @Test
    void neverLagBehindTheirOwnAnswer() {
        policy(client, "true");
        for (int i = 0; i < 50; i++) {
            assertThat(client.patch("/v1/policies/p", "{\"expression\": \"false\"}"))
                    .hasStatus(200);
            assertThat(run(client)).isEqualTo(403);
            assertThat(client.patch("/v1/policies/p", "{\"expression\": \"true\"}"))
                    .hasStatus(200);
            assertThat(run(client)).isEqualTo(202);
        }
    }

    @Test
    void relyOnNothingWhileTheyCannotHear() {
        policy(client, "true");
        assertThat(run(client)).isEqualTo(202);
        one.cutListeners();
        try {
            // Behind the servers' backs: nobody tells them, and the one that cannot hear looks for itself.
            await(() -> {
                there.patch("/v1/policies/p", "{\"expression\": \"false\"}");
                boolean refused = run(client) == 403;
                there.patch("/v1/policies/p", "{\"expression\": \"true\"}");
                return refused && run(client) == 202;
            });
        } finally {
            one.mendDatabase();
        }
    }
}
