package ai.kubiya.runner.terraform;

import java.io.IOException;
import java.util.Optional;

/** Where the state of a project is kept, for the length of one job. */
public interface StateLink {

    /** The state as it is now; empty when there is none. */
    Optional<byte[]> read() throws IOException, InterruptedException;

    /**
     * Locks the state for this job. The same job may lock again.
     *
     * @param info Terraform's own lock information, as JSON
     * @return who holds the lock, in words, when it is not this job now
     */
    Optional<String> lock(String info) throws IOException, InterruptedException;

    /**
     * Makes this the state.
     *
     * @throws Refused when it will not be taken however often it is sent
     * @throws IOException when nobody answered; to be tried again
     */
    void write(byte[] state) throws IOException, InterruptedException;

    /** Gives the lock back. */
    void unlock() throws IOException, InterruptedException;

    /** It is no use to ask again: another state is there, the lock is somebody else's, or the job is over. */
    final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }
}
