package ai.kubiya.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What age does to the trail. */
class AuditRetentionTest {

    @Test
    void forgetsWhatIsOlderThanTheOperatorWants() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start();
                Database database = new Database(DatabaseAddress.of(server.databaseUrl()), 2)) {
            ApiClient client = server.client();
            client.create("/v1/agents", "{\"name\": \"old\"}");
            clock.advance(Duration.ofDays(20));
            client.create("/v1/agents", "{\"name\": \"young\"}");
            clock.advance(Duration.ofDays(20));

            new AuditRetention(database, 0, clock).forgetOld();
            assertThat(client.get("/v1/audit?resource_type=agent").column("resource_text"))
                    .containsExactly("young", "old");

            new AuditRetention(database, 30, clock).forgetOld();
            assertThat(client.get("/v1/audit?resource_type=agent").column("resource_text"))
                    .containsExactly("young");
        }
    }
}
