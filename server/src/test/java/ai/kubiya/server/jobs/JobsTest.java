package ai.kubiya.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Timers of several servers on one database. */
class JobsTest {
    private final SettableClock clock = new SettableClock();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private TestServer owner;
    private Database database;

    @BeforeEach
    void open() throws SQLException {
        owner = TestServer.builder().start();
        // Its own jobs are not what is tested.
        owner.stop();
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM job");
        }
        database = database();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        owner.close();
    }

    private Database database() {
        Database made = new Database(DatabaseAddress.of(owner.databaseUrl()), 12);
        opened.add(made);
        return made;
    }

    private Jobs server(String node) {
        Jobs jobs = new Jobs(database(), new Signals(), clock, node);
        opened.add(jobs);
        return jobs;
    }

    private JobKind noting(Jobs jobs) {
        return jobs.kind("noting", id -> {
            done.add(id);
            return Optional.empty();
        });
    }

    private void schedule(JobKind kind, String id, Instant at) {
        database.useTransaction(transaction -> kind.schedule(transaction, id, at));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private List<String> left() {
        return owner.stored("SELECT task_instance FROM job");
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyJobIsDoneOnceByOneOfTheServers() throws InterruptedException {
        Jobs one = server("one");
        Jobs two = server("two");
        JobKind kind = noting(one);
        noting(two);
        List<String> ids = IntStream.range(0, 300).mapToObj(Integer::toString).toList();
        ids.forEach(id -> schedule(kind, id, clock.instant()));

        one.start();
        two.start();
        await(() -> left().isEmpty());

        assertThat(done).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aJobWaitsForItsTimeAndCanBeMovedAndCleared() throws InterruptedException {
        Jobs jobs = server("one");
        JobKind kind = noting(jobs);
        Instant now = clock.instant();
        schedule(kind, "moved", now.plus(Duration.ofDays(2)));
        schedule(kind, "moved", now.plus(Duration.ofHours(1)));
        schedule(kind, "cleared", now.plus(Duration.ofHours(1)));
        schedule(kind, "later", now.plus(Duration.ofHours(3)));
        database.useTransaction(transaction -> kind.cancel(transaction, "cleared"));
        jobs.start();
        schedule(kind, "now", now);
        await(() -> done.contains("now"));
        assertThat(done).containsExactly("now");

        clock.advance(Duration.ofHours(2));
        await(() -> done.contains("moved"));

        assertThat(done).containsExactly("now", "moved");
        assertThat(left()).containsExactly("later");
    }

    @Test
    void aTimerBelongsToItsTransaction() throws InterruptedException {
        Jobs jobs = server("one");
        JobKind kind = noting(jobs);
        jobs.start();

        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    kind.schedule(transaction, "undone", clock.instant());
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");
        schedule(kind, "after", clock.instant());
        await(() -> left().isEmpty());

        assertThat(done).containsExactly("after");
    }

    @Test
    void whatIsScheduledWhileItIsBeingDoneIsDoneOnceMore() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Jobs jobs = server("one");
        JobKind kind = jobs.kind("slow", id -> {
            begun.countDown();
            await(go);
            done.add(id);
            return Optional.empty();
        });
        jobs.start();
        schedule(kind, "x", clock.instant());
        await(begun);

        schedule(kind, "x", clock.instant());
        schedule(kind, "x", clock.instant());
        go.countDown();
        await(() -> left().isEmpty());

        assertThat(done).containsExactly("x", "x");
    }

    @Test
    void aJobThatFailsIsTriedAgain() throws InterruptedException {
        Jobs jobs = server("one");
        JobKind kind = jobs.kind("flaky", id -> {
            done.add(id);
            if (done.size() < 3) {
                throw new IllegalStateException("not yet");
            }
            return Optional.empty();
        });
        jobs.start();
        schedule(kind, "x", clock.instant());

        await(() -> left().isEmpty());

        assertThat(done).containsExactly("x", "x", "x");
    }

    @Test
    void whatAServerThatDiedHadInHandIsDoneByAnother() throws InterruptedException {
        Jobs jobs = server("one");
        schedule(noting(jobs), "orphan", clock.instant());
        database.useTransaction(transaction -> transaction
                .update("UPDATE job SET picked = true, picked_by = 'dead', last_heartbeat = :at")
                .bind("at", clock.instant())
                .execute());

        jobs.start();
        clock.advance(Duration.ofMinutes(1));
        await(() -> left().isEmpty());

        assertThat(done).containsExactly("orphan");
    }

    @Test
    void whatAnEarlierProcessOfTheSameServerHadInHandIsDoneAtOnce() throws InterruptedException {
        Jobs jobs = server("one");
        schedule(noting(jobs), "orphan", clock.instant());
        database.useTransaction(transaction -> transaction
                .update("UPDATE job SET picked = true, picked_by = 'one', last_heartbeat = :at")
                .bind("at", clock.instant())
                .execute());

        jobs.start();
        await(() -> left().isEmpty());

        assertThat(done).containsExactly("orphan");
    }

    @Test
    void aChoreComesRoundOnceForAllServers() throws InterruptedException {
        Duration pause = Duration.ofHours(1);
        for (String node : List.of("one", "two")) {
            Jobs jobs = server(node);
            jobs.recurring("chore", pause, () -> done.add(node));
            jobs.start();
        }
        assertThat(owner.stored("SELECT task_name FROM job")).containsExactly("chore");

        for (int round = 1; round <= 3; round++) {
            clock.advance(pause);
            int times = round;
            await(() -> done.size() == times);
            await(() -> owner.stored("SELECT picked FROM job").equals(List.of("f")));
        }

        assertThat(done).hasSize(3);
    }
}
