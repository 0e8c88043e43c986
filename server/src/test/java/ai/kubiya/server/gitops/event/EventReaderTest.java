package ai.kubiya.server.gitops.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.server.http.ApiException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each host says, in the words it uses. */
class EventReaderTest {
    private static final String BEFORE = "b".repeat(40);
    private static final String AFTER = "a".repeat(40);
    private static final String NONE = "0".repeat(40);

    private static final String HUB_PUSH = """
            {"ref": "refs/heads/main", "before": "%s", "after": "%s", "forced": false, "deleted": false,
             "repository": {"full_name": "org/infra", "clone_url": "https://github.com/org/infra.git",
                            "ssh_url": "git@github.com:org/infra.git", "html_url": "https://github.com/org/infra",
                            "default_branch": "main"},
             "pusher": {"name": "ada", "email": "ada@example.com"}, "sender": {"login": "ada"},
             "compare": "https://github.com/org/infra/compare/b...a",
             "head_commit": {"id": "%s", "message": "grow the network\\n\\nmore words", "url": "https://github.com/c"},
             "commits": [{"added": ["live/new.tf"], "modified": ["live/main.tf"], "removed": []},
                         {"added": [], "modified": ["live/main.tf"], "removed": ["old.tf"]}]}
            """.formatted(BEFORE, AFTER, AFTER);
    private static final String HUB_PULL = """
            {"action": "synchronize", "number": 7,
             "pull_request": {"title": "more subnets", "html_url": "https://github.com/org/infra/pull/7",
                              "head": {"ref": "feature", "sha": "%s", "repo": {"full_name": "org/infra"}},
                              "base": {"ref": "main", "sha": "%s", "repo": {"full_name": "org/infra"}}},
             "repository": {"full_name": "org/infra", "clone_url": "https://github.com/org/infra.git",
                            "default_branch": "main"},
             "sender": {"login": "ada"}}
            """.formatted(AFTER, BEFORE);
    private static final String LAB_PUSH = """
            {"object_kind": "push", "event_name": "push", "before": "%s", "after": "%s", "ref": "refs/heads/main",
             "checkout_sha": "%s", "user_name": "Ada L", "user_username": "ada", "project_id": 15,
             "project": {"id": 15, "path_with_namespace": "group/sub/infra", "default_branch": "main",
                         "git_http_url": "https://gitlab.example.com/group/sub/infra.git",
                         "git_ssh_url": "git@gitlab.example.com:group/sub/infra.git",
                         "web_url": "https://gitlab.example.com/group/sub/infra"},
             "commits": [{"id": "1", "message": "one", "added": ["a.tf"], "modified": [], "removed": []},
                         {"id": "2", "message": "two", "url": "https://gitlab.example.com/c/2", "added": [],
                          "modified": ["b.tf"], "removed": []}],
             "total_commits_count": 2}
            """.formatted(BEFORE, AFTER, AFTER);
    private static final String LAB_MERGE = """
            {"object_kind": "merge_request", "user": {"username": "ada"},
             "project": {"path_with_namespace": "group/infra", "default_branch": "main",
                         "git_http_url": "https://gitlab.example.com/group/infra.git"},
             "object_attributes": {"iid": 9, "action": "update", "oldrev": "%s", "source_branch": "feature",
                                   "target_branch": "main", "source_project_id": 15, "target_project_id": 15,
                                   "last_commit": {"id": "%s"}, "title": "more", "url": "https://gitlab.example.com/mr/9"}}
            """.formatted(BEFORE, AFTER);

    private static Posted posted(String body, String... headers) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("content-type", "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Posted(all, body.getBytes(StandardCharsets.UTF_8));
    }

    private static GitEvent github(String type, String body) {
        return EventReader.read(GitHost.GITHUB, posted(body, "x-github-event", type));
    }

    private static GitEvent gitlab(String type, String body) {
        return EventReader.read(GitHost.GITLAB, posted(body, "x-gitlab-event", type));
    }

    @Test
    void readsAPushOfGitHub() {
        GitEvent event = github("push", HUB_PUSH);

        assertThat(event.kind()).isEqualTo(GitEvent.Kind.PUSH);
        assertThat(event.repositories()).contains("https://github.com/org/infra.git", "git@github.com:org/infra.git");
        assertThat(event.fullName()).isEqualTo("org/infra");
        assertThat(event.branch()).isEqualTo("main");
        assertThat(event.commit()).isEqualTo(AFTER);
        assertThat(event.paths()).containsExactly("live/new.tf", "live/main.tf", "old.tf");
        assertThat(event.author()).isEqualTo("ada");
        assertThat(event.title()).isEqualTo("grow the network");
        assertThat(event.nothing()).isEmpty();
        assertThat(GitEvent.of(event.toJson())).isEqualTo(event);
    }

    @Test
    void readsAFormOfGitHub() {
        String form = "payload=" + URLEncoder.encode(HUB_PUSH, StandardCharsets.UTF_8);
        Posted posted = posted(form, "x-github-event", "push", "content-type", "application/x-www-form-urlencoded");

        assertThat(EventReader.read(GitHost.GITHUB, posted)).isEqualTo(github("push", HUB_PUSH));
    }

    @Test
    void doesNotTrustAListThatMayNotBeWhole() {
        assertThat(github("push", HUB_PUSH.replace(BEFORE, NONE)).paths()).isNull();
        assertThat(github("push", HUB_PUSH.replace("\"forced\": false", "\"forced\": true"))
                        .paths())
                .isNull();
        assertThat(gitlab("Push Hook", LAB_PUSH.replace("\"total_commits_count\": 2", "\"total_commits_count\": 40"))
                        .paths())
                .isNull();
        assertThat(github("push", HUB_PUSH.replaceFirst("(?s)\"commits\":.*}", "\"commits\": []}"))
                        .paths())
                .isNull();
    }

    @Test
    void readsAPullRequestOfGitHub() {
        GitEvent event = github("pull_request", HUB_PULL);

        assertThat(event.isPullRequest()).isTrue();
        assertThat(event.branch()).isEqualTo("main");
        assertThat(event.commit()).isEqualTo(AFTER);
        assertThat(event.pullRequest()).isEqualTo(7);
        assertThat(event.title()).isEqualTo("more subnets");
        assertThat(event.url()).isEqualTo("https://github.com/org/infra/pull/7");
        assertThat(event.paths()).isNull();
        assertThat(GitEvent.of(event.toJson())).isEqualTo(event);
    }

    @Test
    void findsNothingToPlanInWhatBringsNoNewCommits() {
        assertThat(github("pull_request", HUB_PULL.replace("synchronize", "closed"))
                        .nothing())
                .contains("closed");
        assertThat(github("ping", "{\"zen\": \"x\"}").nothing()).contains("ping");
        assertThat(github("push", HUB_PUSH.replace("refs/heads/main", "refs/tags/v1"))
                        .nothing())
                .contains("refs/tags/v1");
        assertThat(github("push", HUB_PUSH.replace(AFTER, NONE)).nothing()).contains("removed");
        assertThat(gitlab("Merge Request Hook", LAB_MERGE.replace("oldrev", "other"))
                        .nothing())
                .contains("same commits");
        assertThat(gitlab("Merge Request Hook", LAB_MERGE.replace("\"update\"", "\"merge\""))
                        .nothing())
                .contains("merge");
        assertThat(gitlab("Tag Push Hook", "{}").nothing()).contains("Tag Push Hook");
    }

    @Test
    void plansNothingThatComesFromAFork() {
        assertThat(github(
                                "pull_request",
                                HUB_PULL.replaceFirst("\"full_name\": \"org/infra\"", "\"full_name\": \"eve/infra\""))
                        .nothing())
                .contains("other repositories");
        assertThat(github("pull_request", HUB_PULL.replaceFirst("\"repo\": \\{[^}]*}", "\"repo\": null"))
                        .nothing())
                .contains("other repositories");
        assertThat(gitlab(
                                "Merge Request Hook",
                                LAB_MERGE.replace("\"source_project_id\": 15", "\"source_project_id\": 99"))
                        .nothing())
                .contains("other projects");
    }

    @Test
    void readsAPushOfGitLab() {
        GitEvent event = gitlab("Push Hook", LAB_PUSH);

        assertThat(event.repositories()).contains("https://gitlab.example.com/group/sub/infra.git");
        assertThat(event.fullName()).isEqualTo("group/sub/infra");
        assertThat(event.hasGoodFullName()).isTrue();
        assertThat(event.paths()).containsExactly("a.tf", "b.tf");
        assertThat(event.author()).isEqualTo("ada");
        assertThat(event.title()).isEqualTo("two");
    }

    @Test
    void readsAMergeRequestOfGitLab() {
        GitEvent event = gitlab("Merge Request Hook", LAB_MERGE);

        assertThat(event.isPullRequest()).isTrue();
        assertThat(event.branch()).isEqualTo("main");
        assertThat(event.commit()).isEqualTo(AFTER);
        assertThat(event.pullRequest()).isEqualTo(9);
        assertThat(event.nothing()).isEmpty();
    }

    @Test
    void readsGiteaAndForgejo() {
        for (String header : List.of("x-gitea-event", "x-forgejo-event")) {
            assertThat(EventReader.read(GitHost.GITEA, posted(HUB_PUSH, header, "push")))
                    .isEqualTo(github("push", HUB_PUSH));
            assertThat(EventReader.read(
                                    GitHost.GITEA,
                                    posted(HUB_PULL.replace("synchronize", "synchronized"), header, "pull_request"))
                            .pullRequest())
                    .isEqualTo(7);
        }
    }

    @Test
    void readsWhatCurlSends() {
        GitEvent event = EventReader.read(
                GitHost.GIT, posted("""
                {"event": "push", "repository": "https://git.example.com/infra.git", "branch": "main", "commit": "%s",
                 "paths": ["live/main.tf"]}
                """.formatted(AFTER), "content-type", "application/x-www-form-urlencoded"));

        assertThat(event.branch()).isEqualTo("main");
        assertThat(event.paths()).containsExactly("live/main.tf");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() ->
                        EventReader.read(GitHost.GIT, posted("{\"event\": \"pull_request\", \"commit\": \"abc\"}")))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.problems())
                                .extracting(ai.kubiya.server.http.FieldProblem::field)
                                .containsExactly("/repository", "/branch", "/commit", "/number"));
        assertThatThrownBy(() -> github("push", "not json")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> github("push", "[1]")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> github("push", "null")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> github("push", "")).isInstanceOf(ApiException.class);
    }

    @Test
    void putsNothingIntoAUrlThatHasNoPlaceThere() {
        for (String name : List.of("../../x", "org/../x", "org", "", "org/re po", "org/x?y", "/org/x")) {
            GitEvent event = github("push", HUB_PUSH.replace("\"org/infra\"", "\"" + name + "\""));
            assertThat(event.hasGoodFullName()).as(name).isFalse();
        }
    }

    @Test
    void knowsADeliveryByTheSendersId() {
        assertThat(EventReader.deliveryId(GitHost.GITHUB, posted("{}", "x-github-delivery", "d-1")))
                .contains("d-1");
        assertThat(EventReader.deliveryId(GitHost.GITLAB, posted("{}", "x-gitlab-event-uuid", "d-2")))
                .contains("d-2");
        assertThat(EventReader.deliveryId(GitHost.GIT, posted("{}"))).isEmpty();
    }
}
