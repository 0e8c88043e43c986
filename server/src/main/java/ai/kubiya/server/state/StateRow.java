package ai.kubiya.server.state;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a project as it stands.
 *
 * @param current the version that Terraform gets; null = there is none
 * @param last number of the newest version there ever was
 * @param held the lock, when there is one that counts: that of an execution ends with it
 */
record StateRow(
        @Nullable StateVersion current, long last, @Nullable HeldLock held) {

    Optional<StateVersion> version() {
        return Optional.ofNullable(current);
    }

    Optional<HeldLock> lock() {
        return Optional.ofNullable(held);
    }

    /**
     * Lets only those change the state who hold its lock, or anybody while there is none.
     *
     * @param lockId of the lock that the writer says to hold; empty = none
     */
    void requireWritable(String lockId) {
        if (held != null && !held.id().equals(lockId)) {
            throw ApiException.of(
                    ErrorCode.LOCKED,
                    held.words()
                            + (lockId.isEmpty()
                                    ? ", and this request does not hold the lock."
                                    : ", and this request holds another lock, " + lockId + ".")
                            + " Nothing was changed. Try again when it is released.");
        }
        if (held == null && !lockId.isEmpty()) {
            throw ApiException.conflict("The lock " + lockId
                    + " is not held any more: somebody released it, or the execution that held it is over. Nothing was"
                    + " changed.");
        }
    }
}
