package ai.kubiya.server.gitops.status;

import org.jspecify.annotations.Nullable;

/**
 * What is said of a commit.
 *
 * @param context tells the project's word from those of others about the same commit
 * @param description a line for people
 * @param url where they read more; null = nowhere
 */
public record CommitStatus(
        State state,
        String context,
        String description,
        @Nullable String url) {
    /** How it stands. */
    public enum State {
        PENDING,
        SUCCESS,
        /** What was asked cannot be done: the code is wrong, somebody said no. */
        FAILURE,
        /** It could not be found out. */
        ERROR
    }

    /** The description, cut to what a host takes. */
    String description(int longest) {
        return description.length() <= longest ? description : description.substring(0, longest - 1) + "…";
    }
}
