package ai.kubiya.server.execution;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists that are longer than what a database skips in no time. */
@ServerTest
class LongListTest {
    private static final int ROWS = 22_000;

    private UUID organization;

    @BeforeEach
    void fill(TestServer server, ApiClient client) {
        organization = UUID.fromString(client.get("/v1/auth/me").text("/organization/id"));
        insert(server, ROWS);
    }

    /** As many more, the newest of all. */
    private void insert(TestServer server, int rows) {
        try (Database database = new Database(DatabaseAddress.of(server.databaseUrl()), 1)) {
            database.useTransaction(transaction -> transaction
                    .update("""
                            INSERT INTO execution (id, organization_id, kind, subject, runner, spec, status, created_by,
                                                   created_at)
                            SELECT uuidv7(), organization_id, 'tool', 'tool-' || (i % 2), 'local', '{"arguments": {}}',
                                   'completed',
                                   id, now()
                            FROM app_user, generate_series(1, :rows) AS i WHERE organization_id = :organization
                            """)
                    .bind("rows", rows)
                    .bind("organization", organization)
                    .execute());
        }
    }

    @Test
    void walksThroughAllPagesWithoutMissingOrRepeatingARow(TestServer server, ApiClient client) {
        List<String> ids = new ArrayList<>();
        int offset = 0;
        for (boolean more = true; more; offset += 500) {
            Answer page = client.get("/v1/executions?limit=500&offset=" + offset);
            ids.addAll(page.column("id"));
            more = page.rows().size() == 500;
        }

        assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(ids).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void goesOnWhereTheLastDeepPageEndedThoughRowsWereAdded(TestServer server, ApiClient client) {
        List<String> before =
                client.get("/v1/executions?limit=500&offset=15000").column("id");
        insert(server, 700);
        List<String> after = client.get("/v1/executions?limit=500&offset=15500").column("id");

        assertThat(after).hasSize(500).doesNotContainAnyElementsOf(before);
        assertThat(after.getFirst()).isLessThan(before.getLast());
    }

    @Test
    void answersTheSamePageWithAndWithoutTheOneBefore(ApiClient client) {
        List<String> jumped =
                client.get("/v1/executions?limit=300&offset=15000").column("id");
        client.get("/v1/executions?limit=300&offset=14700");
        assertThat(client.get("/v1/executions?limit=300&offset=15000").column("id"))
                .isEqualTo(jumped);
    }

    @Test
    void keepsFiltersApart(ApiClient client) {
        List<String> even =
                client.get("/v1/executions?tool=tool-0&limit=500&offset=10000").column("id");
        List<String> odd =
                client.get("/v1/executions?tool=tool-1&limit=500&offset=10500").column("id");

        assertThat(even).hasSize(500);
        assertThat(odd).hasSize(500);
        assertThat(new HashSet<>(odd)).doesNotContainAnyElementsOf(even);
        assertThat(client.get("/v1/executions?tool=tool-1&limit=1&offset=10999"))
                .has("/pagination/total", ROWS / 2);
    }

    @Test
    void endsBehindTheLastRow(ApiClient client) {
        assertThat(client.get("/v1/executions?limit=500&offset=21900").rows()).hasSize(100);
        assertThat(client.get("/v1/executions?limit=500&offset=" + ROWS))
                .has("/data", List.of())
                .has("/pagination/total", ROWS);
        assertThat(client.get("/v1/executions?limit=500&offset=400000000")).has("/data", List.of());
    }
}
