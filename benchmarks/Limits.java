import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.EmbeddedDatabase;
import ai.kubiya.server.key.KeyAuthenticator;
import ai.kubiya.server.key.KeyUse;
import ai.kubiya.server.key.OperatorKeys;
import ai.kubiya.server.limit.LimitSettings;
import ai.kubiya.server.limit.RequestLimits;
import ai.kubiya.server.user.IdentityChanges;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * What it costs to count a request, with one thread and with eight: in memory, and in a database that two servers share.
 * Beside it, in the same run, what one statement costs that looks a key up.
 *
 * <p>usage, after ./kubiya build: java -cp 'server/target/kubiya-server.jar:server/target/lib/*' benchmarks/Limits.java
 */
final class Limits {
    private static final LimitSettings SETTINGS = new LimitSettings(1_000_000_000, 1_000_000_000, 0, 10);
    private static final Clock CLOCK = Clock.systemUTC();

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("limits-");
        try (EmbeddedDatabase postgres = EmbeddedDatabase.start(folder);
                Database database = new Database(postgres.address(), 24).migrate();
                KeyUse use = new KeyUse(database)) {
            String key = new OperatorKeys(database, CLOCK, new SecureRandom()).firstStart().orElseThrow();
            // While changes would not be heard, every key is looked up.
            KeyAuthenticator keys =
                    new KeyAuthenticator(database, new IdentityChanges(database, true), () -> false, use, CLOCK);
            Runnable lookUp = () -> keys.authenticate(key, new Origin("r", "")).orElseThrow();
            for (int round = 1; round <= 2; round++) {
                System.out.println("run " + round);
                try (RequestLimits alone = limits(database, "one")) {
                    Caller caller = caller();
                    measure("off", 500_000, 1, () -> alone.admit(unlimited(caller)));
                    measure("memory, 1 thread", 500_000, 1, () -> alone.admit(caller));
                    measure("memory, 8 threads, one key", 500_000, 8, () -> alone.admit(caller));
                    try (RequestLimits other = limits(database, "two")) {
                        Caller shared = caller();
                        while (alone.inMemory() + other.inMemory() > 0) {
                            Thread.sleep(10);
                        }
                        measure("look-up of a key, 1 thread", 20_000, 1, lookUp);
                        measure("database, 1 thread", 20_000, 1, () -> alone.admit(shared));
                        measure("look-up of a key, 8 threads", 40_000, 8, lookUp);
                        measure("database, 8 threads, one key", 40_000, 8, () -> alone.admit(shared));
                        List<Caller> many = new ArrayList<>();
                        for (int i = 0; i < 64; i++) {
                            many.add(caller());
                        }
                        measure(
                                "database, 8 threads, 64 keys",
                                40_000,
                                8,
                                () -> alone.admit(many.get((int) (Thread.currentThread().threadId() % 64))));
                    }
                }
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static RequestLimits limits(Database database, String node) {
        return new RequestLimits(database, SETTINGS, node, true, _ -> {}, CLOCK);
    }

    private static Caller caller() {
        return new Caller(
                UUID.randomUUID(),
                "organisation",
                UUID.randomUUID(),
                "someone@example.com",
                UUID.randomUUID(),
                "key",
                Set.of(Scope.ADMIN),
                Set.of(),
                KeyLimits.AS_SET,
                new Origin("r", ""));
    }

    private static Caller unlimited(Caller caller) {
        return new Caller(
                caller.organizationId(),
                caller.organizationName(),
                caller.userId(),
                caller.email(),
                caller.keyId(),
                caller.keyName(),
                caller.scopes(),
                caller.groups(),
                new KeyLimits(0, 0),
                caller.origin());
    }

    /** The second of two passes, in microseconds of one call and calls of all threads in a second. */
    private static void measure(String what, int calls, int threads, Runnable call) throws InterruptedException {
        pass(calls / 2, threads, call);
        long[] took = pass(calls, threads, call);
        long[] sorted = Arrays.copyOfRange(took, 1, took.length);
        Arrays.sort(sorted);
        System.out.printf(
                "  %-32s p50 %7.1f us, p99 %7.1f us, %8.0f/s%n",
                what,
                sorted[sorted.length / 2] / 1e3,
                sorted[sorted.length * 99 / 100] / 1e3,
                calls / (took[0] / 1e9));
    }

    private static long[] pass(int calls, int threads, Runnable call) throws InterruptedException {
        int each = calls / threads;
        long[] took = new long[1 + each * threads];
        CountDownLatch done = new CountDownLatch(threads);
        long begin = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            int from = 1 + t * each;
            Thread.ofVirtual().start(() -> {
                for (int i = from; i < from + each; i++) {
                    long before = System.nanoTime();
                    call.run();
                    took[i] = System.nanoTime() - before;
                }
                done.countDown();
            });
        }
        done.await();
        took[0] = System.nanoTime() - begin;
        return took;
    }
}
