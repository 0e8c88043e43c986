package ai.kubiya.server.gitops;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** From an event of a git host to a plan and back to the git host, with the real Terraform. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class GitOpsFlowTest {
    private static final String NETWORK = """
            resource "terraform_data" "subnet" {
              count = %d
            }
            """;

    private static GitRepository infrastructure(GitServer git) {
        GitRepository repository = git.newRepository()
                .write("live/network/main.tf", NETWORK.formatted(1))
                .write("live/cluster/main.tf", "resource \"terraform_data\" \"node\" {}")
                .write("readme.md", "infrastructure");
        repository.commit();
        return repository;
    }

    private static String project(ApiClient client, GitRepository repository, String name, boolean autoApply) {
        return client.create("/v1/projects", """
                {"name": "%s", "url": "%s", "branch": "main", "path": "live/%s", "auto_apply": %s}
                """.formatted(name, repository.url(), name, autoApply));
    }

    private static HookSender hook(TestServer server, ApiClient client, String provider, ScriptedGitHost host) {
        return HookSender.of(client, server.anonymous(), """
                {"name": "hook", "provider": "%s", "api_url": "%s", "api_token": "secret-token"}
                """.formatted(provider, host.url()));
    }

    private static String push(GitRepository repository, String commit, String... files) {
        String list = List.of(files).stream().map(file -> '"' + file + '"').collect(Collectors.joining(","));
        return """
                {"ref": "refs/heads/main", "before": "%s", "after": "%s",
                 "repository": {"full_name": "org/infra", "clone_url": "%s", "default_branch": "main"},
                 "sender": {"login": "ada"}, "head_commit": {"message": "a change"},
                 "commits": [{"added": [], "modified": [%s], "removed": []}]}
                """.formatted("b".repeat(40), commit, repository.url(), list);
    }

    private static String pullRequest(GitRepository repository, String commit) {
        return """
                {"action": "opened", "number": 7,
                 "pull_request": {"title": "more subnets", "html_url": "https://example.com/7",
                                  "head": {"ref": "feature", "sha": "%s", "repo": {"full_name": "org/infra"}},
                                  "base": {"ref": "main", "repo": {"full_name": "org/infra"}}},
                 "repository": {"full_name": "org/infra", "clone_url": "%s", "default_branch": "main"},
                 "sender": {"login": "ada"}}
                """.formatted(commit, repository.url());
    }

    /** The delivery, once it is as wanted. */
    private static Answer await(ApiClient client, HookSender sender, Answer sent, Predicate<Answer> wanted) {
        Answer delivery = client.get(sender.deliveries() + "/" + sent.id());
        for (int i = 0; i < 4000 && !wanted.test(delivery); i++) {
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            delivery = client.get(sender.deliveries() + "/" + sent.id());
        }
        assertThat(wanted.test(delivery)).as(delivery.body()).isTrue();
        return delivery;
    }

    private static Predicate<Answer> allReported(String state) {
        return delivery -> !delivery.at("/runs").isEmpty()
                && delivery.at("/runs")
                        .valueStream()
                        .allMatch(run -> run.path("state").asText().equals(state)
                                && run.path("reported").asText().equals(state));
    }

    @Test
    void plansWhatAPushConcernsAndWaitsForApproval(TestServer server, GitServer git) {
        ApiClient client = server.newOrganization();
        GitRepository repository = infrastructure(git);
        String network = project(client, repository, "network", false);
        project(client, repository, "cluster", false);
        try (ScriptedGitHost host = new ScriptedGitHost()) {
            HookSender sender = hook(server, client, "github", host);
            String commit = repository
                    .write("live/network/main.tf", NETWORK.formatted(3))
                    .commit();

            Answer sent = sender.send("push", push(repository, commit, "live/network/main.tf"));

            Answer delivery = await(client, sender, sent, allReported("awaiting_approval"));
            assertThat(delivery)
                    .has("/status", "processed")
                    .has("/message", "1 of 2 projects of this repository and branch concerned")
                    .has("/runs/0/project_name", "network")
                    .has("/runs/0/report_error", "");
            String run = delivery.text("/runs/0/execution_id");
            assertThat(client.get("/v1/projects/" + network + "/executions/" + run))
                    .has("/commit", commit)
                    .has("/trigger", "push")
                    .has("/counts/add", 3);
            ScriptedGitHost.Asked last = host.told().getLast();
            assertThat(last.path()).isEqualTo("/repos/org/infra/statuses/" + commit);
            assertThat(last.headers()).containsEntry("authorization", "Bearer secret-token");
            assertThat(last.text("state")).isEqualTo("success");
            assertThat(last.text("context")).isEqualTo("kubiya/network");
            assertThat(last.text("description")).contains("3 to add", "waits for approval");
            assertThat(last.text("target_url")).contains("/v1/projects/" + network + "/executions/" + run);

            assertThat(client.post("/v1/projects/" + network + "/approve", "{\"execution_id\": \"%s\"}".formatted(run))
                            .status())
                    .isBetween(200, 202);

            await(client, sender, sent, allReported("applied"));
            assertThat(host.told().getLast().text("description")).startsWith("Applied. Plan: 3 to add");
            assertThat(client.get("/v1/projects/" + network + "/resources").rows())
                    .hasSize(3);
        }
    }

    @Test
    void appliesAPushWhereTheProjectSaysSo(TestServer server, GitServer git) {
        ApiClient client = server.newOrganization();
        GitRepository repository = infrastructure(git);
        String network = project(client, repository, "network", true);
        try (ScriptedGitHost host = new ScriptedGitHost()) {
            HookSender sender = hook(server, client, "github", host);
            String commit = repository
                    .write("live/network/main.tf", NETWORK.formatted(2))
                    .commit();

            Answer sent = sender.send("push", push(repository, commit, "live/network/main.tf"));

            await(client, sender, sent, allReported("applied"));
            assertThat(client.get("/v1/projects/" + network + "/resources").rows())
                    .hasSize(2);
        }
    }

    @Test
    void onlyPlansAPullRequest(TestServer server, GitServer git) {
        ApiClient client = server.newOrganization();
        GitRepository repository = infrastructure(git);
        String network = project(client, repository, "network", true);
        project(client, repository, "cluster", true);
        repository.branch("feature").write("live/network/main.tf", NETWORK.formatted(5));
        String commit = repository.commit();
        repository.checkout("main");
        try (ScriptedGitHost host = new ScriptedGitHost().lists("/repos/org/infra/pulls/7/files", """
                [{"filename": "live/network/main.tf", "status": "modified"}]
                """)) {
            HookSender sender = hook(server, client, "github", host);

            Answer sent = sender.send("pull_request", pullRequest(repository, commit));

            Answer delivery = await(client, sender, sent, allReported("planned"));
            assertThat(delivery.at("/runs")).hasSize(1);
            assertThat(delivery.text("/runs/0/summary")).startsWith("Plan: 5 to add, 0 to change, 0 to destroy.");
            String run = delivery.text("/runs/0/execution_id");
            assertThat(client.get("/v1/projects/" + network + "/executions/" + run))
                    .has("/trigger", "pull_request")
                    .has("/commit", commit)
                    .has("/speculative", true);
            assertThat(client.post("/v1/projects/" + network + "/approve", "{\"execution_id\": \"%s\"}".formatted(run)))
                    .hasStatus(409);
            assertThat(client.get("/v1/projects/" + network + "/resources").rows())
                    .isEmpty();
            assertThat(host.told().getFirst().text("state")).isEqualTo("pending");
            assertThat(host.told().getLast().text("state")).isEqualTo("success");
        }
    }

    @Test
    void tellsOfCodeThatIsWrong(TestServer server, GitServer git) {
        ApiClient client = server.newOrganization();
        GitRepository repository = infrastructure(git);
        project(client, repository, "network", true);
        repository.branch("broken").write("live/network/main.tf", "resource \"terraform_data\" {");
        String commit = repository.commit();
        repository.checkout("main");
        try (ScriptedGitHost host = new ScriptedGitHost()) {
            HookSender sender = hook(server, client, "gitea", host);

            Answer sent = sender.send("pull_request", pullRequest(repository, commit));

            await(client, sender, sent, allReported("failed"));
            ScriptedGitHost.Asked last = host.told().getLast();
            assertThat(last.headers()).containsEntry("authorization", "token secret-token");
            assertThat(last.text("state")).isEqualTo("failure");
            assertThat(last.text("description")).isNotEmpty();
        }
    }

    @Test
    void concernsNobodyWhenOtherFilesChange(TestServer server, GitServer git) {
        ApiClient client = server.newOrganization();
        GitRepository repository = infrastructure(git);
        project(client, repository, "network", true);
        try (ScriptedGitHost host = new ScriptedGitHost()) {
            HookSender sender = hook(server, client, "github", host);

            Answer sent = sender.send("push", push(repository, "a".repeat(40), "readme.md"));

            await(client, sender, sent, delivery -> delivery.text("/status").equals("ignored"));
            assertThat(client.get(sender.deliveries() + "/" + sent.id()))
                    .has("/message", "none of the files that changed is of the project network");
            assertThat(host.told()).isEmpty();
        }
    }

    @Test
    void keepsTheSummaryWhereTheHostIsNotTold(TestServer server, GitServer git) {
        ApiClient client = server.newOrganization();
        GitRepository repository = infrastructure(git);
        project(client, repository, "network", false);
        String commit =
                repository.write("live/network/main.tf", NETWORK.formatted(2)).commit();
        try (ScriptedGitHost host = new ScriptedGitHost().answers(403)) {
            HookSender refused = hook(server, client, "github", host);
            HookSender plain =
                    HookSender.of(client, server.anonymous(), "{\"name\": \"plain\", \"provider\": \"git\"}");

            Answer sent = refused.send("push", push(repository, commit, "live/network/main.tf"));
            Answer told = await(
                    client,
                    refused,
                    sent,
                    delivery -> delivery.text("/runs/0/state").equals("awaiting_approval"));
            Answer again = plain.send("", """
                    {"event": "push", "repository": "%s", "branch": "main", "commit": "%s", "paths": ["live/network/main.tf"]}
                    """.formatted(repository.url(), commit));
            Answer kept = await(
                    client,
                    plain,
                    again,
                    delivery -> delivery.text("/runs/0/state").equals("awaiting_approval"));

            assertThat(told.text("/runs/0/report_error")).contains("answered 403", "api_token is not good");
            assertThat(kept.text("/runs/0/report_error")).isEqualTo("the hook has no api_token");
            assertThat(kept.text("/runs/0/summary")).startsWith("Plan: 2 to add");
        }
    }

    @Test
    void plansEveryProjectOnceWhateverHappensInBetween(TestServer server, GitServer git) {
        ApiClient client = server.newOrganization();
        GitRepository repository = infrastructure(git);
        List<String> projects =
                List.of(project(client, repository, "network", false), project(client, repository, "cluster", false));
        try (ScriptedGitHost host = new ScriptedGitHost()) {
            HookSender sender = hook(server, client, "github", host);
            String event = push(repository, repository.commit(), "live/network/x.tf", "live/cluster/y.tf");

            for (int i = 0; i < 5; i++) {
                assertThat(sender.send("push", "one-delivery", event)).hasStatus(202);
            }
            Answer sent = sender.send("push", "one-delivery", event);

            await(client, sender, sent, allReported("awaiting_approval"));
            for (String project : projects) {
                List<JsonNode> runs =
                        client.get("/v1/projects/" + project + "/executions").rows();
                assertThat(runs).hasSize(1);
            }
        }
    }
}
