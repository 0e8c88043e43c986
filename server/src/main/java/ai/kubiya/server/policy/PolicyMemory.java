package ai.kubiya.server.policy;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.policy.expression.ExpressionCompiler;
import ai.kubiya.server.user.IdentityChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The policies of organisations, ready to be asked, so that a decision costs no look-up in the database. It is told of
 * changes as the memory of keys is: once {@link #forget} has returned, nothing that was read before is answered any more,
 * and nothing that was being read meanwhile gets in. What was compiled stays, for rows that turn out to be the same.
 */
final class PolicyMemory implements IdentityChanges.Memory {
    /** What somebody changes behind the servers' backs, in the database itself, is noticed after this time. */
    private static final Duration LONGEST_KEPT = Duration.ofMinutes(1);
    /** Characters of all expressions, and some for each organisation. */
    private static final int MOST = 2_000_000;

    private static final int ORGANIZATION = 100;

    private final Database database;
    private final PolicyStore store = new PolicyStore();
    private final ExpressionCompiler compiler;
    private final BooleanSupplier hearing;
    private final Clock clock;
    private final Map<UUID, Entry> entries = new ConcurrentHashMap<>();
    private volatile long generation;
    private long weight;

    /** @param readAt the beginning of time once it was forgotten */
    private record Entry(List<CompiledPolicy> policies, Instant readAt, int weight) {
        Entry forgotten() {
            return new Entry(policies, Instant.MIN, weight);
        }
    }

    /** @param hearing whether changes made by other servers would be heard now; while not, nothing remembered is used */
    PolicyMemory(Database database, ExpressionCompiler compiler, BooleanSupplier hearing, Clock clock) {
        this.database = database;
        this.compiler = compiler;
        this.hearing = hearing;
        this.clock = clock;
    }

    /** Those of an organisation that are enabled: first those that refuse, each kind in the order of their names. */
    List<CompiledPolicy> enabled(UUID organization) {
        boolean trusted = hearing.getAsBoolean();
        Instant now = clock.instant();
        Entry known = entries.get(organization);
        if (trusted && known != null && !known.readAt().plus(LONGEST_KEPT).isBefore(now)) {
            return known.policies();
        }
        long readIn = generation;
        Map<Policy, CompiledPolicy> compiled = known == null
                ? Map.of()
                : known.policies().stream().collect(Collectors.toMap(CompiledPolicy::policy, Function.identity()));
        List<CompiledPolicy> policies = database.read(transaction -> store.enabled(transaction, organization)).stream()
                .map(policy ->
                        Optional.ofNullable(compiled.get(policy)).orElseGet(() -> CompiledPolicy.of(policy, compiler)))
                .toList();
        if (trusted) {
            put(organization, policies, now, readIn);
        }
        return policies;
    }

    private synchronized void put(UUID organization, List<CompiledPolicy> policies, Instant readAt, long readIn) {
        if (readIn != generation) {
            return;
        }
        int size = ORGANIZATION
                + policies.stream()
                        .mapToInt(policy -> policy.policy().definition().length())
                        .sum();
        remove(organization);
        // Their order is that of hashes: as good as drawing lots.
        Iterator<Map.Entry<UUID, Entry>> any = entries.entrySet().iterator();
        while (weight + size > MOST && any.hasNext()) {
            weight -= any.next().getValue().weight();
            any.remove();
        }
        entries.put(organization, new Entry(policies, readAt, size));
        weight += size;
    }

    private void remove(UUID organization) {
        Entry removed = entries.remove(organization);
        if (removed != null) {
            weight -= removed.weight();
        }
    }

    @Override
    public synchronized void forget(UUID organization) {
        generation = generation + 1;
        entries.computeIfPresent(organization, (_, entry) -> entry.forgotten());
    }

    @Override
    public synchronized void forgetAll() {
        generation = generation + 1;
        entries.replaceAll((_, entry) -> entry.forgotten());
    }
}
