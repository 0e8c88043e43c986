package ai.kubiya.server.runner;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/runners}. */
@ServerTest
class RunnerApiTest {

    @Test
    void createsARunnerWithATokenThatIsShownOnce(TestServer server, ApiClient client) {
        Answer created = client.post("/v1/runners/build", """
                {"description": "In the build cluster", "type": "kubernetes", "labels": ["gpu", "region=eu"],
                 "concurrency": 8, "namespace": "ci", "managed_by": "terraform", "task_id": "t-1",
                 "metadata": {"rack": 7}}
                """);

        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/runners/build")
                .hasHeader("Cache-Control", "no-store")
                .has("/uuid", created.id())
                .has("/name", "build")
                .has("/description", "In the build cluster")
                .has("/type", "kubernetes")
                .has("/runner_type", "kubernetes")
                .has("/labels", List.of("gpu", "region=eu"))
                .has("/concurrency", 8)
                .has("/namespace", "ci")
                .has("/kubernetes_namespace", "ci")
                .has("/managed_by", "terraform")
                .has("/task_id", "t-1")
                .has("/metadata/rack", 7)
                .has("/status", "creating")
                .has("/version", 2)
                .has("/capacity", 0)
                .hasNull("/last_seen_at")
                .has("/health/status", "offline")
                .has("/health/health", "false")
                .has("/created_by", "someone@" + client.organizationName());
        assertThat(created.text("/token")).matches("rt_[A-Za-z0-9_-]{43}");
        assertThat(created.text("/url")).matches(server.url() + "/api/v3/runners/install/[0-9a-f]{40}\\.yaml");
        for (String path : List.of("/v1/runners/build", "/v1/runners/" + created.id(), "/v1/runners/build/describe")) {
            assertThat(client.get(path))
                    .hasStatus(200)
                    .hasHeader("ETag")
                    .has("/id", created.id())
                    .doesNotMention("rt_");
        }
        assertThat(server.dump()).doesNotContain(created.text("/token"), seed(created));
    }

    private static String seed(Answer created) {
        return created.text("/url").replaceFirst(".*/([0-9a-f]{40})\\.yaml$", "$1");
    }

    @Test
    void makesAnotherTokenForARunnerThatIsThere(ApiClient client) {
        Answer first = client.post("/v1/runners/build", "{\"description\": \"first\"}");

        Answer second = client.post("/v1/runners/build", "{\"description\": \"second\"}");

        assertThat(second).hasStatus(200).has("/id", first.id()).has("/description", "first");
        assertThat(second.text("/token")).startsWith("rt_").isNotEqualTo(first.text("/token"));
        assertThat(client.get("/v1/runners").column("name")).containsExactly("local", "build");
    }

    @Test
    void needsNoBody(ApiClient client) {
        assertThat(client.send("POST", "/v1/runners/bare", new byte[0]))
                .hasStatus(201)
                .has("/type", "remote")
                .hasNull("/concurrency")
                .has("/labels", List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto",
                "local",
                "self",
                "helm",
                "helmchart",
                "description",
                "install",
                "kubiya-hosted",
                "-a",
                "a-",
                "a%20b",
                "%C3%A4",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void refusesNamesThatNoRunnerCanHave(String name, ApiClient client) {
        assertThat(client.post("/v1/runners/" + name, "{}"))
                .hasStatus(400)
                .hasErrorCode("VALIDATION_FAILED")
                .hasFieldError("/name", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"labels\": [\"a b\"]} | /labels/0",
                "{\"labels\": \"gpu\"} | /labels",
                "{\"concurrency\": 0} | /concurrency",
                "{\"concurrency\": \"8\"} | /concurrency",
                "{\"description\": 7} | /description",
                "{\"metadata\": []} | /metadata",
                "{\"name\": \"other\"} | /name",
                "{\"labls\": []} | /labls"
            })
    void namesEveryWrongField(String body, String field, ApiClient client) {
        assertThat(client.post("/v1/runners/wrong", body)).hasStatus(400).hasFieldError(field, "");
        assertThat(client.get("/v1/runners/wrong")).hasStatus(404);
    }

    @Test
    void listsTheEmbeddedRunnerFirstAndThenByName(ApiClient client) {
        assertThat(client.get("/v1/runners").column("name")).containsExactly("local");
        for (String name : List.of("c", "a", "b")) {
            client.create("/v1/runners/" + name, "{}");
        }

        assertThat(client.get("/v1/runners"))
                .has("/pagination/total", 4)
                .has("/data/0/status", "active")
                .has("/data/0/type", "embedded")
                .has("/data/0/health/status", "healthy");
        assertThat(client.get("/v1/runners").column("name")).containsExactly("local", "a", "b", "c");
        assertThat(client.get("/v1/runners?limit=2").column("name")).containsExactly("local", "a");
        assertThat(client.get("/v1/runners?limit=2&offset=2").column("name")).containsExactly("b", "c");
        assertThat(client.get("/v1/runners?limit=1&offset=0").column("name")).containsExactly("local");
        assertThat(client.get("/v1/runners?limit=1&offset=1").column("name")).containsExactly("a");
        assertThat(client.get("/v1/runners?offset=9").rows()).isEmpty();
    }

    @Test
    void changesWhatIsSentAndKeepsTheRest(ApiClient client) {
        client.create("/v1/runners/build", "{\"description\": \"d\", \"labels\": [\"gpu\"], \"concurrency\": 2}");

        assertThat(client.put("/v1/runners/build", "{\"labels\": [\"cpu\"]}"))
                .hasStatus(200)
                .has("/labels", List.of("cpu"))
                .has("/description", "d")
                .has("/concurrency", 2);
        assertThat(client.patch("/v1/runners/build", "{\"concurrency\": null, \"metadata\": {\"a\": 1}}"))
                .hasStatus(200)
                .hasNull("/concurrency")
                .has("/metadata/a", 1);
        assertThat(client.put(
                        "/v1/runners/build", client.get("/v1/runners/build").body()))
                .hasStatus(200);
        assertThat(client.put("/v1/runners/build", "{\"name\": \"other\"}"))
                .hasStatus(400)
                .hasFieldError("/name", "cannot be changed");
        assertThat(client.put("/v1/runners/nobody", "{}")).hasStatus(404);
    }

    @Test
    void guardsChangesWithTheTag(ApiClient client) {
        client.create("/v1/runners/build", "{}");
        String tag = client.get("/v1/runners/build").header("ETag").orElseThrow();
        client.put("/v1/runners/build", "{\"description\": \"faster\"}");

        ApiClient late = client.withHeader("If-Match", tag);
        assertThat(late.put("/v1/runners/build", "{\"description\": \"late\"}")).hasStatus(412);
        assertThat(late.delete("/v1/runners/build")).hasStatus(412);
        assertThat(client.get("/v1/runners/build")).has("/description", "faster");
    }

    @Test
    void changesTheTagWithTheStateButGuardsOnlyWhatWasSet(ApiClient client) {
        client.create("/v1/runners/build", "{}");
        String before = client.get("/v1/runners/build").header("ETag").orElseThrow();
        ApiClient known = client.withHeader("If-None-Match", before);
        assertThat(known.get("/v1/runners/build")).hasStatus(304);
        assertThat(known.get("/v1/runners/build/describe")).hasStatus(304);

        client.post("/v1/runners/build/ops", "{\"operation\": \"drain\"}");

        assertThat(known.get("/v1/runners/build")).hasStatus(200).has("/draining", true);
        ApiClient guarded = client.withHeader("If-Match", before);
        assertThat(guarded.patch("/v1/runners/build", "{\"concurrency\": 1}")).hasStatus(200);
        assertThat(guarded.patch("/v1/runners/build", "{\"concurrency\": 2}"))
                .hasStatus(412)
                .saysWhy(before);
    }

    @Test
    void leavesTheEmbeddedRunnerAlone(ApiClient client) {
        assertThat(client.put("/v1/runners/local", "{\"description\": \"x\"}"))
                .hasStatus(409)
                .saysWhy("part of the server");
        assertThat(client.delete("/v1/runners/local")).hasStatus(409);
        assertThat(client.post("/v1/runners/local/ops", "{\"operation\": \"drain\"}"))
                .hasStatus(409);
        assertThat(client.get("/v1/runners/local/manifest")).hasStatus(409);
        assertThat(client.get("/v1/runners/local/tokens").rows()).isEmpty();
        assertThat(client.get("/v1/runners/local/health"))
                .hasStatus(200)
                .has("/status", "healthy")
                .has("/components/tool_manager/status", "healthy")
                .has("/components/agent_manager/health", "true");
    }

    @Test
    void deletesARunnerWithItsTokens(TestServer server, ApiClient client) {
        Answer created = client.post("/v1/runners/build", "{}");
        assertThat(client.delete("/v1/runners/build")).hasStatus(200).has("/result", "ok");

        assertThat(client.get("/v1/runners/build")).hasStatus(404);
        assertThat(client.delete("/v1/runners/build")).hasStatus(404);
        assertThat(server.anonymous()
                        .withAuthorization("Bearer " + created.text("/token"))
                        .post("/api/v3/runners/self/lease", "{}"))
                .hasStatus(401)
                .hasErrorCode("INVALID_API_KEY");
    }

    @Test
    void listsRevokesAndAddsTokens(TestServer server, ApiClient client) {
        Answer created = client.post("/v1/runners/build", "{}");
        Answer added = client.post("/v1/runners/build/tokens", "{\"purpose\": \"second cluster\"}");
        assertThat(added)
                .hasStatus(201)
                .hasHeader("Cache-Control", "no-store")
                .has("/runner", "build")
                .has("/purpose", "second cluster")
                .has("/prefix", added.text("/token").substring(0, 8))
                .hasHeader("Location", "/v1/runners/build/tokens/" + added.id());
        assertThat(client.get("/v1/runners/build/tokens/" + added.id()))
                .hasStatus(200)
                .has("/id", added.id())
                .has("/purpose", "second cluster")
                .doesNotMention(added.text("/token"));
        client.create("/v1/runners/other", "{}");
        assertThat(client.get("/v1/runners/other/tokens/" + added.id())).hasStatus(404);

        Answer tokens = client.get("/v1/runners/build/tokens");
        assertThat(tokens.column("purpose")).containsExactly("created", "second cluster");
        assertThat(tokens.column("prefix"))
                .containsExactly(
                        created.text("/token").substring(0, 8),
                        added.text("/token").substring(0, 8));
        assertThat(tokens).hasNull("/data/0/expires_at").hasNull("/data/0/last_used_at");
        String first = tokens.text("/data/0/id");
        assertThat(client.delete("/v1/runners/build/tokens/" + first)).hasStatus(200);
        assertThat(client.delete("/v1/runners/build/tokens/" + first)).hasStatus(404);
        assertThat(client.get("/v1/runners/build/tokens/" + first)).hasStatus(404);
        assertThat(client.get("/v1/runners/build/tokens?limit=1&offset=0").column("purpose"))
                .containsExactly("second cluster");
        assertThat(register(server, created.text("/token"))).hasStatus(401);
        assertThat(register(server, added.text("/token"))).hasStatus(400);
    }

    @Test
    void makesOneTokenForEachKey(ApiClient client) {
        ApiClient once = client.withHeader("Idempotency-Key", "k");
        Answer created = once.post("/v1/runners/build", "{}");

        Answer again = once.post("/v1/runners/build", "{}");

        assertThat(again)
                .hasStatus(201)
                .hasHeader("Idempotency-Replayed", "true")
                .hasHeader("Location", "/v1/runners/build")
                .hasHeader("Cache-Control", "no-store")
                .has("/token", created.text("/token"));
        assertThat(client.get("/v1/runners/build/tokens").rows()).hasSize(1);
    }

    /** A good token gets as far as the body, which is wrong. */
    private static Answer register(TestServer server, String token) {
        return server.anonymous().withAuthorization("Bearer " + token).post("/api/v3/runners/self/register", "{}");
    }

    @Test
    void rotatesTheTokenAtOnceOrAfterAWhile(TestServer server, ApiClient client) {
        String first = client.post("/v1/runners/build", "{}").text("/token");

        Answer rotated = client.post("/v1/runners/build/ops", "{\"operation\": \"rotate-token\"}");
        String second = rotated.text("/token");
        Answer gentle = client.post(
                "/v1/runners/build/ops", "{\"operation\": \"rotate-token\", \"parameters\": {\"grace_seconds\": 600}}");

        assertThat(rotated).hasStatus(200).has("/operation", "rotate-token").has("/status", "success");
        assertThat(register(server, first)).hasStatus(401);
        assertThat(register(server, second)).hasStatus(400);
        assertThat(register(server, gentle.text("/token"))).hasStatus(400);
        assertThat(client.get("/v1/runners/build/tokens").column("expires_at").getFirst())
                .isNotEqualTo("null");
        assertThat(client.post(
                        "/v1/runners/build/ops",
                        "{\"operation\": \"rotate-token\", \"parameters\": {\"grace_seconds\": -1}}"))
                .hasStatus(400)
                .hasFieldError("/parameters/grace_seconds", "");
    }

    @Test
    void refusesWhatIsNoOperation(ApiClient client) {
        client.create("/v1/runners/build", "{}");

        assertThat(client.post("/v1/runners/build/ops", "{\"operation\": \"explode\"}"))
                .hasStatus(400)
                .hasFieldError("/operation", "");
        assertThat(client.post("/v1/runners/build/ops", "{}")).hasStatus(400).hasFieldError("/operation", "");
        assertThat(client.post("/v1/runners/nobody/ops", "{\"operation\": \"drain\"}"))
                .hasStatus(404);
    }

    @Test
    void drainsAndResumes(ApiClient client) {
        client.create("/v1/runners/build", "{}");

        assertThat(client.post("/v1/runners/build/ops", "{\"operation\": \"drain\"}"))
                .hasStatus(200);
        assertThat(client.get("/v1/runners/build")).has("/draining", true);
        assertThat(client.post("/v1/runners/build/ops", "{\"operation\": \"resume\"}"))
                .hasStatus(200);
        assertThat(client.get("/v1/runners/build")).has("/draining", false);
    }

    @Test
    void handsOutWhatInstallsIt(TestServer server, ApiClient client) {
        Answer created = client.post(
                "/v1/runners/Build.One", "{\"labels\": [\"gpu\"], \"concurrency\": 3, \"namespace\": \"ci\"}");
        String path = created.text("/url").substring(server.url().length());

        Answer manifest = server.anonymous().get(path);
        assertThat(manifest)
                .hasStatus(200)
                .hasHeader("Content-Type", "application/yaml")
                .hasHeader("Cache-Control", "no-store")
                .mentions("kind: Deployment")
                .mentions("name: kubiya-runner-build-one")
                .mentions("namespace: ci")
                .mentions("token: " + created.text("/token"))
                .mentions(server.url());
        assertThat(server.anonymous().get(path).body()).isEqualTo(manifest.body());
        Answer another = client.get("/v1/runners/Build.One/manifest");
        assertThat(another).hasStatus(200).hasHeader("Cache-Control", "no-store");
        assertThat(another.text("/url")).isNotEqualTo(created.text("/url"));
        assertThat(client.get("/v1/runners/Build.One/manifest?format=yaml"))
                .hasHeader("Content-Type", "application/yaml")
                .mentions("kind: Deployment")
                .doesNotMention(created.text("/token"));
        assertThat(client.get("/v1/runners/Build.One/helm"))
                .hasStatus(200)
                .has("/runner_name", "Build.One")
                .has("/server/url", server.url())
                .has("/runner/labels", List.of("gpu"))
                .has("/runner/concurrency", 3)
                .has("/runner/executor", "sandbox")
                .has("/image/repository", "kubiya-runner")
                .has("/image/tag", "latest");
        assertThat(client.withHeader("Accept", "application/yaml").get("/v1/runners/Build.One/helm"))
                .hasHeader("Content-Type", "application/yaml")
                .mentions("runner_name: Build.One");
        assertThat(client.get("/v1/runners/Build.One/tokens").column("purpose"))
                .containsExactly("created", "manifest", "manifest", "helm values", "helm values");
    }

    @Test
    void givesARunnerOfJobsTheRightsItNeedsAndNoOther(TestServer server, ApiClient client) {
        Answer created = client.post("/v1/runners/jobs", "{\"namespace\": \"ci\"}");
        String path = created.text("/url").substring(server.url().length());

        assertThat(server.anonymous().get(path + "?executor=kubernetes"))
                .hasStatus(200)
                .mentions("kind: Role\n")
                .mentions("kind: RoleBinding")
                .mentions("- pods/log")
                .mentions("- deletecollection")
                .mentions("value: kubernetes")
                .mentions("automountServiceAccountToken: true")
                .mentions("fieldPath: metadata.uid");
        assertThat(server.anonymous().get(path))
                .mentions("value: sandbox")
                .doesNotMention("kind: Role")
                .doesNotMention("automountServiceAccountToken: true")
                .doesNotMention("KUBIYA_POD_UID");
        assertThat(server.anonymous().get(path + "?executor=docker"))
                .hasStatus(400)
                .saysWhy("must be sandbox or kubernetes");
    }

    @Test
    void knowsNoManifestOfAWrongUrl(TestServer server, ApiClient client) {
        Answer created = client.post("/v1/runners/build", "{}");
        String wrong = created.text("/url").substring(server.url().length()).replaceFirst("[0-9a-f]\\.yaml", "x.yaml");

        assertThat(server.anonymous().get(wrong)).hasStatus(404).saysWhy("answer for a day");
        assertThat(server.anonymous().get("/api/v3/runners/install/" + created.id()))
                .hasStatus(404);
    }

    @Test
    void needsTheScopes(TestServer server, ApiClient client) {
        client.create("/v1/runners/build", "{}");
        ApiClient reader = server.withScopes(client, Scope.RUNNERS_READ);
        ApiClient manager = server.withScopes(client, Scope.RUNNERS_MANAGE);

        assertThat(reader.get("/v1/runners")).hasStatus(200);
        assertThat(reader.get("/v1/runners/build/manifest")).hasStatus(403).saysWhy("runners:manage");
        assertThat(reader.get("/v1/runners/build/helm")).hasStatus(403);
        assertThat(reader.post("/v1/runners/other", "{}")).hasStatus(403);
        assertThat(manager.get("/v1/runners/build")).hasStatus(200);
        assertThat(manager.post("/v1/runners/other", "{}")).hasStatus(201);
    }

    @Test
    void notesEveryChangeInTheTrail(ApiClient client) {
        Answer created = client.post("/v1/runners/build", "{}");
        client.put("/v1/runners/build", "{}");
        client.post("/v1/runners/build/ops", "{\"operation\": \"drain\"}");
        client.post("/v1/runners/build/ops", "{\"operation\": \"rotate-token\"}");
        client.delete("/v1/runners/build");

        Answer trail = client.get("/v1/audit?resource_type=runner");
        assertThat(trail.column("action_type"))
                .containsExactlyInAnyOrder("create", "create_token", "update", "drain", "rotate-token", "delete");
        assertThat(trail).doesNotMention(created.text("/token"));
    }

    @Test
    void refusesRunnersThatThereAreNotWhereTheyAreNamed(ApiClient client) {
        client.create("/v1/runners/build", "{}");

        assertThat(client.post("/v1/agents", "{\"name\": \"a\", \"runners\": [\"build\", \"nobody\"]}"))
                .hasStatus(400)
                .hasFieldError("/runners/1", "there is no runner \"nobody\"");
        assertThat(client.post("/v1/agents", "{\"name\": \"a\", \"runners\": [\"build\", \"auto:gpu\", \"local\"]}"))
                .hasStatus(201);
        assertThat(client.post(
                        "/v1/sources", "{\"name\": \"s\", \"runner\": \"nobody\", \"url\": \"https://h/r.git\"}"))
                .hasStatus(400)
                .hasFieldError("/runner", "there is no runner");
        assertThat(client.post("/v1/sources", """
                {"name": "s", "runner": "build", "inline_tools": [
                  {"name": "x", "description": "x", "type": "script", "content": "echo"}]}
                """)).hasStatus(201).has("/runner", "build");
        client.create(
                "/v1/tools", "{\"name\": \"t\", \"description\": \"d\", \"type\": \"script\", \"content\": \"id\"}");
        assertThat(client.post("/v1/tools/t/executions?runner=nobody", "{}"))
                .hasStatus(400)
                .hasFieldError("runner", "there is no runner \"nobody\"; the runners are build, local and auto");
        assertThat(client.post("/v1/tools/t/executions?runner=build", "{}"))
                .hasStatus(503)
                .hasHeader("Retry-After", "30")
                .saysWhy("\"build\" is offline", "never been heard of");
        assertThat(client.post("/v1/tools/t/executions?runner=auto:gpu", "{}"))
                .hasStatus(503)
                .saysWhy("No runner with the labels gpu");
    }
}
