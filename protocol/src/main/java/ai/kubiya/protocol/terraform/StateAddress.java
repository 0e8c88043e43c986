package ai.kubiya.protocol.terraform;

import static java.util.Objects.requireNonNull;

/**
 * Where the state of a project is, in the language of Terraform's {@code http} backend.
 *
 * @param path on the server
 * @param password good for this state until the execution is over
 * @param lockId names the lock that the execution takes
 */
public record StateAddress(String path, String username, String password, String lockId) {
    public StateAddress {
        requireNonNull(path, "path");
        requireNonNull(username, "username");
        requireNonNull(password, "password");
        requireNonNull(lockId, "lockId");
    }

    /** Never prints the password. */
    @Override
    public String toString() {
        return "StateAddress[" + path + "]";
    }
}
