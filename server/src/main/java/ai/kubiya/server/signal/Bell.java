package ai.kubiya.server.signal;

import ai.kubiya.server.db.Transaction;

/** Rings after a change: here at once, and on the other servers of a shared database through NOTIFY. */
public final class Bell {
    /** Also carries topics of other packages; each has a prefix of its own. */
    public static final String CHANNEL = "kubiya";

    private final Signals signals;
    private final boolean shared;

    /**
     * A bell.
     *
     * @param shared whether other servers may work on the same database; NOTIFY takes a lock at commit, so it is left
     *     out where nobody else can listen
     */
    public Bell(Signals signals, boolean shared) {
        this.signals = signals;
        this.shared = shared;
    }

    public Signals signals() {
        return signals;
    }

    /** Part of the transaction of the change. */
    public void ringOthers(Transaction transaction, String topic) {
        if (shared) {
            transaction.tell(CHANNEL, topic);
        }
    }

    /** After its commit. */
    public void ringHere(String topic) {
        signals.signal(topic);
    }
}
