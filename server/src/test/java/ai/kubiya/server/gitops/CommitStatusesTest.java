package ai.kubiya.server.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.gitops.event.GitHost;
import ai.kubiya.server.gitops.hook.HostAccount;
import ai.kubiya.server.gitops.status.CommitStatus;
import ai.kubiya.server.gitops.status.CommitStatuses;
import ai.kubiya.server.gitops.status.HostRefused;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.CallLimits;
import ai.kubiya.server.outbound.OutboundHttp;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What git hosts hear in their own words. */
class CommitStatusesTest {
    private static final String COMMIT = "a".repeat(40);

    private final ScriptedGitHost host = new ScriptedGitHost();
    private final OutboundHttp http = new OutboundHttp(true, CallLimits.USUAL.withBody(1 << 20));
    private final HostAccount account = new HostAccount(host.url() + "/api", "t-1");

    @AfterEach
    void close() {
        http.close();
        host.close();
    }

    private CommitStatuses statuses(GitHost of) {
        return CommitStatuses.of(of, http).orElseThrow();
    }

    private static CommitStatus status(CommitStatus.State state) {
        return new CommitStatus(state, "kubiya/network", "x".repeat(400), "https://kubiya.example.com/run");
    }

    @Test
    void tellsGitHub() throws Exception {
        statuses(GitHost.GITHUB).report(account, "org/infra", COMMIT, status(CommitStatus.State.FAILURE));

        ScriptedGitHost.Asked asked = host.told().getFirst();
        assertThat(asked.path()).isEqualTo("/api/repos/org/infra/statuses/" + COMMIT);
        assertThat(asked.headers())
                .containsEntry("authorization", "Bearer t-1")
                .containsEntry("accept", "application/vnd.github+json");
        assertThat(asked.text("state")).isEqualTo("failure");
        assertThat(asked.text("context")).isEqualTo("kubiya/network");
        assertThat(asked.text("description")).hasSize(140).endsWith("…");
        assertThat(asked.text("target_url")).isEqualTo("https://kubiya.example.com/run");
    }

    @Test
    void tellsGitLab() throws Exception {
        CommitStatuses gitlab = statuses(GitHost.GITLAB);
        for (CommitStatus.State state : CommitStatus.State.values()) {
            gitlab.report(account, "group/sub/infra", COMMIT, status(state));
        }

        assertThat(host.told())
                .extracting(asked -> asked.text("state"))
                .containsExactly("running", "success", "failed", "failed");
        ScriptedGitHost.Asked asked = host.told().getFirst();
        assertThat(asked.path()).isEqualTo("/api/projects/group%2Fsub%2Finfra/statuses/" + COMMIT);
        assertThat(asked.headers()).containsEntry("private-token", "t-1");
        assertThat(asked.text("name")).isEqualTo("kubiya/network");
        assertThat(asked.text("description")).hasSize(255);
    }

    @Test
    void knowsWhatMayBeOtherwiseLater() {
        for (int status : new int[] {401, 403, 404, 422}) {
            host.answers(status);
            assertThatThrownBy(() -> statuses(GitHost.GITHUB)
                            .report(account, "org/infra", COMMIT, status(CommitStatus.State.SUCCESS)))
                    .isInstanceOfSatisfying(HostRefused.class, e -> {
                        assertThat(e.isPassing()).isFalse();
                        assertThat(e).hasMessageContaining("" + status).hasMessageNotContaining("t-1");
                    });
        }
        for (int status : new int[] {429, 500, 503}) {
            host.answers(status);
            assertThatThrownBy(() -> statuses(GitHost.GITHUB)
                            .report(account, "org/infra", COMMIT, status(CommitStatus.State.SUCCESS)))
                    .isInstanceOfSatisfying(
                            HostRefused.class, e -> assertThat(e.isPassing()).isTrue());
        }
        host.close();
        assertThatThrownBy(() -> statuses(GitHost.GITHUB)
                        .report(account, "org/infra", COMMIT, status(CommitStatus.State.SUCCESS)))
                .isInstanceOf(CallFailed.class);
    }

    @Test
    void asksForEveryPageOfChangedFiles() throws Exception {
        String hundred = IntStream.range(0, 100)
                .mapToObj("{\"filename\": \"f-%d\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        host.lists("/api/repos/org/infra/pulls/7/files?per_page=100&page=1", hundred)
                .lists("/api/repos/org/infra/pulls/7/files?per_page=100&page=2", """
                        [{"filename": "new", "previous_filename": "old"}]
                        """);

        assertThat(statuses(GitHost.GITHUB)
                        .changedFiles(account, "org/infra", 7)
                        .orElseThrow())
                .hasSize(102)
                .contains("f-0", "f-99", "new", "old");
    }

    @Test
    void asksGitLabForTheFilesOfAMergeRequest() throws Exception {
        host.lists("/api/projects/group%2Finfra/merge_requests/9/diffs", """
                [{"old_path": "a.tf", "new_path": "b.tf", "diff": "@@"}]
                """);

        assertThat(statuses(GitHost.GITLAB)
                        .changedFiles(account, "group/infra", 9)
                        .orElseThrow())
                .containsExactly("a.tf", "b.tf");
        assertThatThrownBy(() -> statuses(GitHost.GITLAB).changedFiles(account, "group/other", 9))
                .isInstanceOf(HostRefused.class);
    }

    @Test
    void hasNothingToTellToPlainGit() {
        assertThat(CommitStatuses.of(GitHost.GIT, http)).isEmpty();
    }
}
