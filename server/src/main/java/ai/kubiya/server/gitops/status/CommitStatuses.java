package ai.kubiya.server.gitops.status;

import ai.kubiya.server.gitops.event.GitHost;
import ai.kubiya.server.gitops.hook.HostAccount;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import java.util.List;
import java.util.Optional;

/** What git hosts can be told and asked about commits. */
public interface CommitStatuses {
    /**
     * Says how a commit stands, in place of what was said of it in the same context.
     *
     * @param repository {@code owner/name}
     * @throws CallFailed when the host did not answer
     * @throws HostRefused when it will not have it
     */
    void report(HostAccount account, String repository, String commit, CommitStatus status)
            throws CallFailed, HostRefused;

    /**
     * Files that a pull request changes; empty when they are too many to be asked for.
     *
     * @throws CallFailed when the host did not answer
     * @throws HostRefused when it will not say
     */
    Optional<List<String>> changedFiles(HostAccount account, String repository, long pullRequest)
            throws CallFailed, HostRefused;

    /** Of a host; empty when it has no such thing. */
    static Optional<CommitStatuses> of(GitHost host, OutboundHttp http) {
        return switch (host) {
            case GITHUB -> Optional.of(GitHubStatuses.ofGitHub(http));
            case GITEA -> Optional.of(GitHubStatuses.ofGitea(http));
            case GITLAB -> Optional.of(new GitLabStatuses(http));
            case GIT -> Optional.empty();
        };
    }
}
