package ai.kubiya.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.Assertions;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;

@ServerTest
class DatabaseTest {

    @Test
    void keepsTheRowsOfUsersOutOfFailures(TestServer server) {
        try (Database database = new Database(DatabaseAddress.of(server.databaseUrl()), 2)) {
            Throwable failure = Assertions.catchThrowable(() -> database.useTransaction(transaction -> transaction
                    .update(
                            "INSERT INTO organization (id, name, created_at) SELECT id, :name, created_at FROM organization")
                    .bind("name", "hunter2")
                    .execute()));

            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            assertThat(failure).isInstanceOf(UnableToExecuteStatementException.class);
            assertThat(text.toString())
                    .contains("INSERT INTO organization", "duplicate key")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void undoesAllOfATransactionThatFails(TestServer server) {
        try (Database database = new Database(DatabaseAddress.of(server.databaseUrl()), 2)) {
            var _ = Assertions.catchThrowable(() -> database.useTransaction(transaction -> {
                transaction
                        .update(
                                "INSERT INTO organization (id, name, created_at) VALUES (gen_random_uuid(), 'half', now())")
                        .execute();
                throw new IllegalStateException("on the way");
            }));

            assertThat(database.<Integer>read(transaction -> transaction
                            .query("SELECT count(*) FROM organization WHERE name = 'half'")
                            .mapTo(Integer.class)
                            .one()))
                    .isZero();
        }
    }
}
