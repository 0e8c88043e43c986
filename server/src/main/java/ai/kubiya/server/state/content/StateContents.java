package ai.kubiya.server.state.content;

import ai.kubiya.server.crypto.ContentKey;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.SealedColumn.Loss;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Uuids;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what states hold. */
public final class StateContents {
    public static final List<SealedColumn> SEALED =
            List.of(new SealedColumn("project_state_content", "key", "keys of projects' states", Loss.CLEAR));

    private static final Logger log = LoggerFactory.getLogger(StateContents.class);
    /** No upload takes longer. */
    private static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

    private static final int BUFFER = 64 << 10;

    private final Database database;
    private final ContentStore store = new ContentStore();
    private final Vault vault;
    private final Clock clock;

    public StateContents(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * Takes a state. Only small ones wait in memory for {@link #keep}; who does not keep it calls {@link #discard}.
     *
     * @param body its bytes, read once and to the end
     * @throws ApiException 400 when it is none
     */
    public Incoming receive(UUID organizationId, UUID projectId, InputStream body) throws IOException {
        Upload upload = new Upload(organizationId, projectId, Uuids.next(clock));
        try {
            return upload.read(body);
        } catch (IOException | RuntimeException e) {
            upload.drop();
            throw e;
        }
    }

    /** A state on its way in. */
    private final class Upload implements PieceWriter.Target {
        private final UUID organizationId;
        private final UUID projectId;
        private final UUID id;
        private final ContentKey key = vault.newContentKey();
        private final byte[] sealedKey;
        private boolean stored;
        private byte @Nullable [] only;

        private Upload(UUID organizationId, UUID projectId, UUID id) {
            this.organizationId = organizationId;
            this.projectId = projectId;
            this.id = id;
            this.sealedKey = vault.sealKey(key, place(organizationId, id));
        }

        private Incoming read(InputStream body) throws IOException {
            MessageDigest md5 = digest("MD5");
            MessageDigest sha256 = digest("SHA-256");
            PieceWriter pieces = new PieceWriter(key, this);
            StateDocument document;
            long size;
            try (OutputStream zip = new FastGzip(pieces)) {
                CopyingInput in = new CopyingInput(body, zip, List.of(md5, sha256));
                document = StateDocument.read(in);
                size = in.count();
            }
            return new Incoming(
                    id,
                    organizationId,
                    projectId,
                    document,
                    size,
                    Base64.getEncoder().encodeToString(md5.digest()),
                    HexFormat.of().formatHex(sha256.digest()),
                    pieces.written(),
                    pieces.pieces(),
                    sealedKey,
                    only);
        }

        /** Each piece of a large state is stored by itself, so that no transaction waits for a slow client. */
        @Override
        public void take(int number, byte[] sealed, boolean last) {
            if (number == 0 && last) {
                only = sealed;
                return;
            }
            database.useTransaction(transaction -> {
                if (!stored) {
                    store.insert(transaction, organizationId, projectId, id, sealedKey, clock.instant());
                }
                store.insertPiece(transaction, id, number, sealed);
            });
            stored = true;
        }

        private void drop() {
            if (stored) {
                database.useTransaction(transaction -> store.delete(transaction, organizationId, id));
            }
        }
    }

    /** States are text that says the same things again and again: the fastest level makes little more of them. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Stores what is not stored yet; the version of this id comes in the same transaction. */
    public void keep(Transaction transaction, Incoming incoming) {
        byte[] only = incoming.only();
        if (only != null) {
            store.insert(
                    transaction,
                    incoming.organizationId(),
                    incoming.projectId(),
                    incoming.id(),
                    incoming.sealedKey(),
                    clock.instant());
            store.insertPiece(transaction, incoming.id(), 0, only);
        }
    }

    /** Removes what nobody will keep. */
    public void discard(Incoming incoming) {
        if (incoming.only() == null) {
            database.useTransaction(transaction -> store.delete(transaction, incoming.organizationId(), incoming.id()));
        }
    }

    /** Removes a content and the version that is made of it. */
    public void delete(Transaction transaction, UUID organizationId, UUID id) {
        store.delete(transaction, organizationId, id);
    }

    /**
     * The state as it was sent. The first piece is read at once, so that what cannot be opened is found out before an
     * answer begins.
     *
     * @throws ApiException 409 when the key to it is lost
     */
    public InputStream open(UUID organizationId, UUID id, int pieces) throws IOException {
        byte[] sealedKey = database.read(transaction -> store.key(transaction, organizationId, id))
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.CONFLICT,
                        "This version of the state cannot be opened: the master key that it was encrypted under was"
                                + " given up. Restore another version, or send a state from your own copy."));
        ContentKey key = vault.openKey(sealedKey, place(organizationId, id));
        return new GZIPInputStream(
                new PieceReader(
                        key,
                        pieces,
                        number -> database.read(transaction -> store.piece(transaction, organizationId, id, number))),
                BUFFER);
    }

    public List<StateOutput> outputs(UUID organizationId, UUID id, int pieces) throws IOException {
        try (InputStream in = open(organizationId, id, pieces)) {
            return StateOutput.read(in);
        }
    }

    public List<StateResource> resources(UUID organizationId, UUID id, int pieces) throws IOException {
        try (InputStream in = open(organizationId, id, pieces)) {
            return StateResource.read(in);
        }
    }

    /** The same state under another serial; nothing else of it changes, not even its spaces. */
    public InputStream withSerial(UUID organizationId, UUID id, int pieces, long serial) throws IOException {
        StateDocument document;
        try (InputStream in = open(organizationId, id, pieces)) {
            document = StateDocument.read(in);
        }
        return SplicedInput.of(
                open(organizationId, id, pieces), document.serialOffset(), digits(document.serial()), digits(serial));
    }

    private static byte[] digits(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    /** Removes what uploads left behind that never came to their end. */
    public void forgetAbandoned() {
        Instant before = clock.instant().minus(LONGEST_UPLOAD);
        int removed = database.inTransaction(transaction -> store.deleteAbandoned(transaction, before));
        if (removed > 0) {
            log.info("removed {} states that were never sent to their end", removed);
        }
    }

    private static String place(UUID organizationId, UUID id) {
        return "project_state/" + organizationId + "/" + id;
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
