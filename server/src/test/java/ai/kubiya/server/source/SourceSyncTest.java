package ai.kubiya.server.source;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Gate;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looking again: what changed, what broke, and what happens to those who look at the same time. */
@ServerTest(settings = {"KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true", "KUBIYA_ALLOW_FILE_SOURCES=true"})
class SourceSyncTest {

    private static String add(ApiClient client, GitRepository repository) {
        return client.create("/v1/sources", "{\"url\": \"%s\"}".formatted(repository.url()));
    }

    @ParameterizedTest
    @CsvSource({"POST, /v1/sources/ID/sync", "PUT, /api/v1/sources/ID", "POST, /api/v1/sources/ID/sync"})
    void picksUpWhatANewCommitAddedChangedAndRemoved(String method, String path, ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository()
                .withTool("kept.json", "kept", "echo one")
                .withTool("changed.json", "changed", "echo one")
                .withTool("removed.json", "removed", "echo one");
        repository.commit();
        String source = add(client, repository);
        Answer kept = client.get("/v1/tools/kept");
        Answer changed = client.get("/v1/tools/changed");
        repository.withTool("changed.json", "changed", "echo two").withTool("added.json", "added", "echo");
        repository.delete("removed.json");
        String commit = repository.commit();

        Answer synced = client.send(method, path.replace("ID", source), "{\"mode\": \"pull\", \"force\": true}");

        assertThat(synced)
                .hasStatus(200)
                .has("/commit", commit)
                .has("/connected_tools_count", 3)
                .has("/id", source);
        assertThat(client.get("/v1/tools?source_id=" + source).column("name"))
                .containsExactly("added", "changed", "kept");
        assertThat(client.get("/v1/tools/kept")).has("", kept.json());
        assertThat(client.get("/v1/tools/changed")).has("/id", changed.id()).has("/content", "echo two");
        assertThat(client.get("/v1/tools/removed")).hasStatus(404);
    }

    @Test
    void movesToAnotherBranchAndStaysThere(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("t.json", "first", "echo");
        repository.commit();
        repository.branch("next").withTool("t.json", "second", "echo");
        String next = repository.commit();
        repository.checkout("main");
        String source = add(client, repository);

        assertThat(client.post("/v1/sources/" + source + "/sync", "{\"branch\": \"next\"}"))
                .hasStatus(200)
                .has("/branch", "next")
                .has("/commit", next);
        assertThat(client.post("/v1/sources/" + source + "/sync", ""))
                .hasStatus(200)
                .has("/branch", "next");
        assertThat(client.get("/v1/tools").column("name")).containsExactly("second");
    }

    @Test
    void givesToolsTheConfigurationTheyAreMadeFrom(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().write("package/tools/made.py", """
                from kubiya_sdk.tools import Tool
                from kubiya_sdk.tools.registry import tool_registry

                for team in tool_registry.dynamic_config.get("teams", ["none"]):
                    tool_registry.register("x", Tool(name=team, description="x", type="script", content="echo"))
                """);
        repository.commit();
        Answer added = client.post("/v1/sources", """
                {"url": "%s", "dynamic_config": {"teams": ["a", "b"]}}
                """.formatted(repository.url()));
        assertThat(added).hasStatus(201).has("/errors", List.of());
        assertThat(client.get("/v1/tools").column("name")).containsExactly("a", "b");

        assertThat(client.post("/v1/sources/" + added.id() + "/sync", "{}")).hasStatus(200);
        assertThat(client.get("/v1/tools").column("name")).containsExactly("a", "b");
        assertThat(client.post("/v1/sources/" + added.id() + "/sync", "{\"dynamic_config\": {\"teams\": [\"c\"]}}"))
                .hasStatus(200)
                .has("/dynamic_config/teams", List.of("c"));
        assertThat(client.get("/v1/tools").column("name")).containsExactly("c");
    }

    @Test
    void keepsTheToolsOfTheLastGoodSyncWhenOneFails(ApiClient client, GitServer git) throws IOException {
        GitRepository repository = git.newRepository().withTool("t.json", "deploy", "echo");
        String commit = repository.commit();
        String source = add(client, repository);
        repository.moveAway();

        assertThat(client.post("/v1/sources/" + source + "/sync", ""))
                .hasStatus(400)
                .hasFieldError("/url", "no git");

        assertThat(client.get("/v1/sources/" + source + "/metadata"))
                .has("/status", "failed")
                .has("/commit", commit)
                .has("/errors_count", 1)
                .has("/errors/0/type", "SyncFailed")
                .has("/connected_tools_count", 1)
                .has("/tools/0/name", "deploy");
        assertThat(client.get("/v1/sources?status=failed").column("id")).containsExactly(source);

        repository.moveBack();
        assertThat(client.post("/v1/sources/" + source + "/sync", ""))
                .hasStatus(200)
                .has("/status", "active")
                .has("/errors", List.of());
    }

    @Test
    void changesNothingWhenAnUpdateLeadsNowhere(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("t.json", "deploy", "echo");
        repository.commit();
        String source = add(client, repository);

        assertThat(client.patch("/v1/sources/" + source, "{\"name\": \"new\", \"branch\": \"no-such\"}"))
                .hasStatus(400)
                .hasFieldError("/branch", "no-such");

        assertThat(client.get("/v1/sources/" + source)).has("/branch", "main").has("/url", repository.url());
        assertThat(client.get("/v1/tools").column("name")).containsExactly("deploy");
        assertThat(client.post("/v1/sources/" + source + "/sync", ""))
                .hasStatus(200)
                .has("/status", "active");
    }

    @Test
    void renamesAndMovesToAnotherUrl(ApiClient client, GitServer git) {
        GitRepository first = git.newRepository().withTool("t.json", "first", "echo");
        first.commit();
        GitRepository second = git.newRepository().withTool("t.json", "second", "echo");
        second.commit();
        String source = add(client, first);

        assertThat(client.put("/v1/sources/" + source, """
                {"name": "moved", "url": "%s"}
                """.formatted(second.url())))
                .hasStatus(200)
                .has("/name", "moved")
                .has("/tools/0/name", "second");
        assertThat(client.get("/v1/tools").column("name")).containsExactly("second");
    }

    @Test
    void refusesASecondSyncWhileOneGoesOn(ApiClient client, GitServer git) throws Exception {
        GitRepository repository = git.newRepository().withTool("t.json", "deploy", "echo");
        repository.commit();
        String source = add(client, repository);
        Gate gate = new Gate();
        git.hold(repository, gate);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Answer> first = threads.submit(() -> client.post("/v1/sources/" + source + "/sync", ""));
            gate.awaitReached();

            assertThat(client.get("/v1/sources/" + source)).has("/status", "syncing");
            for (Answer second : List.of(
                    client.post("/v1/sources/" + source + "/sync", ""),
                    client.patch("/v1/sources/" + source, "{\"name\": \"x\"}"))) {
                assertThat(second).hasStatus(409).hasErrorCode("CONFLICT").saysWhy("being synced already");
            }
            gate.open();
            assertThat(first.get()).hasStatus(200).has("/status", "active");
        }
        assertThat(client.post("/v1/sources/" + source + "/sync", "")).hasStatus(200);
    }

    @Test
    void endsASyncWhoseSourceWasDeletedMeanwhile(ApiClient client, GitServer git) throws Exception {
        GitRepository repository = git.newRepository().withTool("t.json", "deploy", "echo");
        repository.commit();
        String source = add(client, repository);
        Gate gate = new Gate();
        git.hold(repository, gate);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Answer> sync = threads.submit(() -> client.post("/v1/sources/" + source + "/sync", ""));
            gate.awaitReached();
            assertThat(client.delete("/v1/sources/" + source)).hasStatus(200);
            gate.open();

            assertThat(sync.get()).hasStatus(404).hasErrorCode("NOT_FOUND");
        }
        assertThat(client.get("/v1/tools").rows()).isEmpty();
    }

    @Test
    void refusesAModeItDoesNotKnow(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("t.json", "deploy", "echo");
        repository.commit();
        String source = add(client, repository);

        assertThat(client.post("/v1/sources/" + source + "/sync", "{\"mode\": \"push\"}"))
                .hasStatus(400)
                .hasFieldError("/mode", "must be pull");
        assertThat(client.post("/v1/sources/" + source + "/sync", "{\"colour\": 1}"))
                .hasStatus(400)
                .hasFieldError("/colour", "is not a field");
    }

    @Test
    void isNamedByItsNameToo(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("t.json", "deploy", "echo");
        repository.commit();
        for (int i = 0; i < 2; i++) {
            client.create("/v1/sources", "{\"name\": \"twin\", \"url\": \"%s\"}".formatted(repository.url()));
        }
        client.create("/v1/sources", "{\"name\": \"single\", \"url\": \"%s\"}".formatted(repository.url()));

        assertThat(client.post("/v1/sources/single/sync", "")).hasStatus(200);
        assertThat(client.post("/v1/sources/twin/sync", "")).hasStatus(409).saysWhy("Several sources");
        assertThat(client.delete("/v1/sources/twin")).hasStatus(409);
    }
}
