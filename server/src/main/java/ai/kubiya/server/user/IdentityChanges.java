package ai.kubiya.server.user;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to change who somebody is, what a key may do or what policies allow. Whoever remembers such things forgets them
 * after the change: in this process before {@link #change} returns, in others when they hear of it (see {@link
 * IdentityListener}).
 */
public final class IdentityChanges {
    static final String CHANNEL = "kubiya_identities";

    /** Remembers what rows said. */
    public interface Memory {
        /** Forgets what it knows of an organisation's keys, users, groups and policies. */
        void forget(UUID organizationId);

        void forgetAll();
    }

    private final Database database;
    private final boolean shared;
    private final List<Memory> memories = new CopyOnWriteArrayList<>();

    /**
     * The changes of one process.
     *
     * @param shared whether other servers may work on the same database
     */
    public IdentityChanges(Database database, boolean shared) {
        this.database = database;
        this.shared = shared;
    }

    public void add(Memory memory) {
        memories.add(memory);
    }

    /** Does this in a transaction, after which nobody remembers anything of the organisation. */
    public <T extends @Nullable Object> T change(UUID organizationId, Function<Transaction, T> work) {
        try {
            return database.inTransaction(transaction -> {
                T result = work.apply(transaction);
                if (shared) {
                    transaction.tell(CHANNEL, organizationId.toString());
                }
                return result;
            });
        } finally {
            // Also after a failure: a commit whose answer was lost may have been one.
            forget(organizationId);
        }
    }

    void forget(UUID organizationId) {
        memories.forEach(memory -> memory.forget(organizationId));
    }

    void forgetAll() {
        memories.forEach(Memory::forgetAll);
    }
}
