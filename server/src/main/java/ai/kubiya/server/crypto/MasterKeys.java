package ai.kubiya.server.crypto;

import ai.kubiya.server.crypto.SealedColumnStore.Row;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The master keys of this installation: where they come from, whether they fit the database, and how they are changed. The
 * database knows the names of the keys that its values are under.
 */
public final class MasterKeys {
    private static final int BATCH = 100;
    private static final String START = "(0,0)";

    private final Database database;
    private final List<SealedColumn> columns;
    private final SecureRandom random;
    private final Clock clock;
    private final MasterKeyStore store = new MasterKeyStore();
    private final SealedColumnStore sealed = new SealedColumnStore();
    /** Null where the operator gives the key. */
    private final @Nullable MasterKeyFile file;

    private KeyRing keys;
    /** Made a moment ago and not written down yet. */
    private boolean fresh;

    private MasterKeys(
            Database database,
            List<SealedColumn> columns,
            SecureRandom random,
            Clock clock,
            @Nullable MasterKeyFile file,
            KeyRing keys,
            boolean fresh) {
        this.database = database;
        this.columns = columns;
        this.random = random;
        this.clock = clock;
        this.file = file;
        this.keys = keys;
        this.fresh = fresh;
    }

    /**
     * What the operator gives.
     *
     * @param current 32 bytes in base64; empty = a key of this installation's own, in the data directory
     * @param previous keys before it, comma separated; they open and do not seal
     */
    public record Given(String current, String previous) {
        /** Never the keys themselves. */
        @Override
        public String toString() {
            return "Given";
        }
    }

    /**
     * Reads the keys; {@link #check} compares them with the database.
     *
     * @param data directory of the key that this installation makes for itself
     * @param columns all that the vault seals
     * @throws IOException when a key is not one, or cannot be read
     */
    public static MasterKeys read(
            Given given, Path data, Database database, List<SealedColumn> columns, SecureRandom random, Clock clock)
            throws IOException {
        List<MasterKey> previous = new ArrayList<>();
        for (String text : given.previous().split(",")) {
            if (!text.isBlank()) {
                previous.add(parse("KUBIYA_MASTER_KEY_PREVIOUS", text));
            }
        }
        if (!given.current().isEmpty()) {
            KeyRing keys = new KeyRing(parse("KUBIYA_MASTER_KEY", given.current()), previous);
            return new MasterKeys(database, columns, random, clock, null, keys, false);
        }
        MasterKeyFile file = new MasterKeyFile(data);
        boolean fresh = !file.exists();
        List<MasterKey> own = fresh ? List.of(MasterKey.random(random)) : file.read();
        previous.addAll(0, own.subList(1, own.size()));
        return new MasterKeys(database, columns, random, clock, file, new KeyRing(own.getFirst(), previous), fresh);
    }

    private static MasterKey parse(String setting, String text) throws IOException {
        return MasterKey.parse(text)
                .orElseThrow(() -> new IOException(
                        setting + " must be 32 random bytes in base64; \"openssl rand -base64 32\" makes some"));
    }

    /**
     * Makes sure that these keys open what the database holds, before anybody asks for it.
     *
     * @throws IOException with what is wrong and what to do
     */
    public MasterKeys check() throws IOException {
        try {
            List<String> missing = database.inTransaction(transaction -> {
                store.lock(transaction);
                List<String> unknown = missing(transaction);
                if (unknown.isEmpty()) {
                    writeDown();
                    store.use(transaction, keys.current().id(), clock.instant());
                }
                return unknown;
            });
            if (!missing.isEmpty()) {
                throw new IOException(explanation(missing));
            }
            return this;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<String> missing(Transaction transaction) {
        return store.inUse(transaction).stream()
                .filter(id -> keys.find(id).isEmpty())
                .toList();
    }

    /** Before the database says that the key is in use: what it seals must never be without it. */
    private void writeDown() {
        if (fresh && file != null) {
            try {
                file.write(keys.all());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        fresh = false;
    }

    private String explanation(List<String> missing) {
        String names = String.join(" and ", missing);
        String have = fresh && file != null
                ? "There is no master key: " + file.path() + " does not exist"
                : "The master key in " + (file == null ? "KUBIYA_MASTER_KEY" : file.path()) + " is another one ("
                        + keys.current().id() + ")";
        return have + ", and the database holds values sealed under the master key " + names
                + ". Restore that key, in the same place or in KUBIYA_MASTER_KEY; where it is being replaced, give it in"
                + " KUBIYA_MASTER_KEY_PREVIOUS. If it is lost, so is what it sealed ("
                + lost(missing) + "); \"kubiya forget-lost-key\" removes that, and then it can be set anew.";
    }

    private String lost(Collection<String> ids) {
        String counted = columns.stream()
                .map(column -> counted(database.read(transaction -> sealed.count(transaction, column, ids)), column))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return counted.isEmpty() ? "nothing" : counted;
    }

    private static String counted(long count, SealedColumn column) {
        return count == 0 ? "" : column.what() + ": " + count;
    }

    /** Seals and opens with these keys. */
    public Vault vault() {
        return new Vault(keys, random);
    }

    /** Whether a rotation of this installation's own key was begun and not ended. */
    public boolean isRotationUnfinished() {
        return file != null && !keys.others().isEmpty();
    }

    /**
     * Puts every sealed value under the current key, and takes the others out of use. An installation with a key of its own
     * makes a new one first, unless it is in the middle of changing it. It may stop anywhere: all that is sealed can be
     * read with the keys that are there, and the next call goes on.
     *
     * @return number of values that were under another key
     * @throws IOException when the keys do not fit the database, or cannot be written
     */
    public int rotate() throws IOException {
        check();
        if (file != null && keys.others().isEmpty()) {
            keys = new KeyRing(MasterKey.random(random), keys.all());
            file.write(keys.all());
            check();
        }
        List<String> old = keys.otherIds();
        int rewrapped = old.isEmpty() ? 0 : rewrap(old);
        if (file != null) {
            keys = new KeyRing(keys.current(), List.of());
            file.write(keys.all());
        }
        return rewrapped;
    }

    private int rewrap(List<String> old) throws IOException {
        Vault vault = vault();
        int all = 0;
        for (SealedColumn column : columns) {
            // Rows that were changed meanwhile lie further on, or where the table had room: look until none is left.
            int some = rewrap(vault, column, old);
            while (some > 0) {
                all += some;
                some = rewrap(vault, column, old);
            }
        }
        if (!retire(old)) {
            throw new IOException(
                    "a server still seals with the old master key; restart all of them with the new one in"
                            + " KUBIYA_MASTER_KEY, then repeat the command");
        }
        return all;
    }

    /** False when there are values under these keys again. */
    private boolean retire(List<String> old) {
        return database.inTransaction(transaction -> {
            store.lock(transaction);
            boolean unused = columns.stream().allMatch(column -> sealed.count(transaction, column, old) == 0);
            if (unused) {
                store.retire(transaction, old);
            }
            return unused;
        });
    }

    private int rewrap(Vault vault, SealedColumn column, List<String> old) throws IOException {
        int all = 0;
        String after = START;
        while (true) {
            String from = after;
            List<Row> rows;
            try {
                rows = database.inTransaction(transaction -> {
                    List<Row> found = sealed.find(transaction, column, old, from, BATCH);
                    found.forEach(row -> sealed.replace(transaction, column, row, vault.rewrap(row.value())));
                    return found;
                });
            } catch (Vault.CannotOpen e) {
                throw new IOException(
                        "a value in " + column.table() + "." + column.column()
                                + " is damaged; the old master key stays in"
                                + " use until the value is restored or removed",
                        e);
            }
            if (rows.isEmpty()) {
                return all;
            }
            all += rows.size();
            after = rows.getLast().place();
        }
    }

    /**
     * Gives up the values that none of these keys opens, and takes the current key into use.
     *
     * @return what was lost, in words; empty when nothing was
     */
    public String forgetLost() {
        return database.inTransaction(transaction -> {
            store.lock(transaction);
            List<String> missing = missing(transaction);
            String lost = columns.stream()
                    .map(column -> counted(sealed.giveUp(transaction, column, missing), column))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(", "));
            store.retire(transaction, missing);
            writeDown();
            store.use(transaction, keys.current().id(), clock.instant());
            return lost;
        });
    }

    /** The name of the key that seals. */
    public String currentId() {
        return keys.current().id();
    }
}
