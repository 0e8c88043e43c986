package ai.kubiya.server.mcp;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.signal.Bell;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls that clients of the older revisions may take back by the number that they gave them. A call is known where its
 * connection ends; the word that it is taken back may come to another server and is passed on. It is a wish: one that is lost
 * lets the tool run to its end, as the protocol allows.
 */
final class CallsInFlight {
    private static final String TOPIC = "mcp:";

    private final Map<String, Runnable> cancellations = new ConcurrentHashMap<>();
    private final Database database;
    private final Bell bell;

    CallsInFlight(Database database, Bell bell) {
        this.database = database;
        this.bell = bell;
        // Signals come on a thread that has more to carry, and cancelling asks the database.
        bell.signals().onEach(TOPIC, topic -> {
            Runnable cancellation = cancellations.get(topic);
            if (cancellation != null) {
                Thread.ofVirtual().name("mcp-cancellation").start(cancellation);
            }
        });
    }

    /** A call that is over when this is closed. */
    interface InFlight extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Notes a call.
     *
     * @param session which the client was given; numbers count in it alone
     * @param requestId the client's number, as JSON
     */
    InFlight begin(Caller caller, String session, String requestId, Runnable cancellation) {
        if (session.isEmpty()) {
            return () -> {};
        }
        String topic = topic(caller, session, requestId);
        cancellations.put(topic, cancellation);
        return () -> cancellations.remove(topic, cancellation);
    }

    /** Takes a call back, on whichever server it is. */
    void cancel(Caller caller, String session, String requestId) {
        if (!session.isEmpty()) {
            String topic = topic(caller, session, requestId);
            database.useTransaction(transaction -> bell.ringOthers(transaction, topic));
            bell.ringHere(topic);
        }
    }

    /** With the key in it, so that nobody takes back what is another's; hashed, since clients choose the rest. */
    private static String topic(Caller caller, String session, String requestId) {
        String named = caller.keyId() + "\n" + session + "\n" + requestId;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
            return TOPIC + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
