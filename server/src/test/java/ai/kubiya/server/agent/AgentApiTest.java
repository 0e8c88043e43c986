package ai.kubiya.server.agent;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents on the documented surface, and what is the same on both. */
@ServerTest
class AgentApiTest {
    private static final List<String> LISTS = List.of(
            "runners",
            "sources",
            "tools",
            "integrations",
            "secrets",
            "allowed_users",
            "allowed_groups",
            "owners",
            "links",
            "starters",
            "tasks",
            "tags");

    private static String sourceWithTool(ApiClient client, String tool) {
        return client.create("/v1/sources", """
                {"name": "tools of %s", "inline_tools": [
                  {"name": "%s", "description": "x", "type": "script", "content": "echo hi"}]}
                """.formatted(tool, tool));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/agents", "/v1/teammates"})
    void createsReadsChangesAndDeletes(String path, ApiClient client) {
        Answer created = client.post(path, """
                {"name": "deployer", "description": "Deploys"}
                """);
        assertThat(created).hasStatus(201).hasHeader("Location", "/v1/agents/" + created.id());
        String one = path + "/" + created.id();

        assertThat(client.get(one)).hasStatus(200).has("/name", "deployer").has("", created.json());
        assertThat(client.put(one, "{\"description\": \"Deploys well\"}"))
                .hasStatus(200)
                .has("/name", "deployer")
                .has("/description", "Deploys well");
        assertThat(client.delete(one)).hasStatus(200).has("/result", "ok");
        assertThat(client.get(one)).hasStatus(404).hasErrorCode("NOT_FOUND");
        assertThat(client.delete(one)).hasStatus(404).hasErrorCode("NOT_FOUND");
        assertThat(client.put(one, "{}")).hasStatus(404);
        assertThat(client.patch(one, "{}")).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/agents", "/v1/teammates", "/api/v1/agents", "/api/v2/agents"})
    void givesEveryFieldBackAsItWasSent(String path, ApiClient client) throws Exception {
        String source = sourceWithTool(client, "deploy");
        client.create("/v1/secrets", "{\"name\": \"GH_TOKEN\", \"value\": \"unguessable\"}");
        String sent = """
                {
                  "name": "deployer", "description": "Deploys", "instruction_type": "tools",
                  "ai_instructions": "Be careful.\\n\\"Always\\".", "llm_model": "any", "image": "ghcr.io/x/y:1",
                  "runners": ["local", "auto"], "sources": ["%s"], "tools": ["deploy"],
                  "integrations": ["slack"], "secrets": ["GH_TOKEN"],
                  "environment_variables": {"LOG_LEVEL": "debug", "EMPTY": ""},
                  "allowed_users": ["a@example.com"], "allowed_groups": ["ops"], "owners": ["b@example.com"],
                  "links": ["https://example.com"],
                  "starters": [{"display_name": "Go", "command": "deploy it"}],
                  "tasks": [{"name": "t", "prompt": "p", "description": "d"}, "plain text"],
                  "tags": ["prod", "Ünï"], "is_debug_mode": true, "managed_by": "terraform", "task_id": "t-1"
                }
                """.formatted(source);

        Answer created = client.post(path, sent);
        Answer read = client.get(path + "/" + created.id());

        for (var field : new ObjectMapper().readTree(sent).properties()) {
            assertThat(created).has("/" + field.getKey(), field.getValue());
            assertThat(read).has("/" + field.getKey(), field.getValue());
        }
        assertThat(read)
                .doesNotMention("unguessable")
                .has("/uuid", created.id())
                .has("/email", "someone@" + client.organizationName())
                .has("/organization", client.organizationName())
                .has("/metadata/user_created", "someone@" + client.organizationName());
        assertThat(read.text("/metadata/created_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void answersListsThatNobodySetAsEmptyOnes(ApiClient client) {
        Answer created = client.post("/v1/agents", """
                {"name": "x", "tools": null, "environment_variables": null, "description": null}
                """);

        for (Answer answer : List.of(created, client.get("/v1/agents/" + created.id()))) {
            LISTS.forEach(list -> assertThat(answer).has("/" + list, List.of()));
            assertThat(answer)
                    .has("/environment_variables", java.util.Map.of())
                    .has("/description", "")
                    .has("/is_debug_mode", false)
                    .has("/instruction_type", "tools");
        }
    }

    @Test
    void saysWhenItWasMadeAndLastChanged() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            Answer created = server.client().post("/v1/agents", "{\"name\": \"x\"}");
            clock.advance(Duration.ofHours(1));

            Answer changed = server.client().patch("/v1/agents/x", "{\"description\": \"d\"}");

            assertThat(changed)
                    .has("/metadata/created_at", created.at("/metadata/created_at"))
                    .has("/created_at", created.at("/created_at"));
            Instant before = Instant.parse(created.text("/metadata/last_updated"));
            assertThat(Instant.parse(changed.text("/metadata/last_updated"))).isAfter(before.plusSeconds(3_600));
        }
    }

    @Test
    void takesBackWhatItGave(ApiClient client) {
        Answer created = client.post("/v1/agents", "{\"name\": \"x\", \"tags\": [\"a\"]}");
        String one = "/v1/agents/" + created.id();

        assertThat(client.put(one, created.body())).hasStatus(200).has("/tags/0", "a");
        assertThat(client.post("/v1/agents", created.body())).hasStatus(201);
    }

    @Test
    void keepsWhatAPutDoesNotSend(ApiClient client) {
        String one = "/v1/agents/" + client.create("/v1/agents", """
                {"name": "x", "tags": ["a", "b"], "environment_variables": {"A": "1", "B": "2"}}
                """);

        assertThat(client.put(one, "{\"environment_variables\": {\"C\": \"3\"}}"))
                .hasStatus(200)
                .has("/tags", List.of("a", "b"))
                .has("/environment_variables", java.util.Map.of("C", "3"));
        assertThat(client.put(one, "{\"tags\": null}")).hasStatus(200).has("/tags", List.of());
        assertThat(client.put(one, "{\"name\": null}")).hasStatus(400).hasFieldError("/name", "is required");
        assertThat(client.put(one, "{\"name\": \"  \"}")).hasStatus(400).hasFieldError("/name", "must not be empty");
    }

    @Test
    void mergesWhatAPatchSends(ApiClient client) {
        String one = "/v1/agents/" + client.create("/v1/agents", """
                {"name": "x", "description": "d", "tags": ["a", "b"], "environment_variables": {"A": "1", "B": "2"}}
                """);

        assertThat(client.patch(one, """
                {"description": null, "tags": ["c"], "environment_variables": {"A": null, "C": "3"}}
                """))
                .hasStatus(200)
                .has("/name", "x")
                .has("/description", "")
                .has("/tags", List.of("c"))
                .has("/environment_variables", java.util.Map.of("B", "2", "C", "3"));
        assertThat(client.patch(one, "{}")).hasStatus(200).has("/tags", List.of("c"));
        assertThat(client.patch(one, "{\"colour\": 1}")).hasStatus(400).hasFieldError("/colour", "is not a field");
    }

    @Test
    void namesEveryReferenceThatLeadsNowhere(ApiClient client) {
        String source = sourceWithTool(client, "deploy");
        client.create("/v1/secrets", "{\"name\": \"GH_TOKEN\", \"value\": \"unguessable\"}");
        UUID nobodys = UUID.randomUUID();

        assertThat(client.post("/v1/agents", """
                {"name": "x", "sources": ["%s", "%s", "by-name"], "tools": ["deploy", "no-such-tool"],
                 "runners": ["local", "mars"], "secrets": ["GH_TOKEN", "NO_SUCH"]}
                """.formatted(source, nobodys)))
                .hasStatus(400)
                .hasErrorCode("VALIDATION_FAILED")
                .hasFieldError("/sources/1", "there is no source \"" + nobodys + "\"")
                .hasFieldError("/sources/2", "there is no source \"by-name\"")
                .hasFieldError("/tools/1", "there is no tool \"no-such-tool\"")
                .hasFieldError("/runners/1", "there is no runner \"mars\"")
                .hasFieldError("/secrets/1", "there is no secret \"NO_SUCH\"")
                .hasFieldErrors(5);
        assertThat(client.get("/v1/agents").rows()).isEmpty();
    }

    @Test
    void changesNothingWhenAnUpdateIsRefused(ApiClient client) {
        Answer created = client.post("/v1/agents", "{\"name\": \"x\"}");
        String one = "/v1/agents/" + created.id();

        assertThat(client.patch(one, "{\"name\": \"y\", \"tools\": [\"no-such-tool\"]}"))
                .hasStatus(400);
        assertThat(client.get(one)).has("", created.json());
    }

    @Test
    void isFoundByNameWhereOnlyOneHasIt(ApiClient client) {
        String first = client.create("/v1/agents", "{\"name\": \"My agent / 1\"}");
        String path = "/v1/agents/deployer";
        assertThat(client.get(path)).hasStatus(404).saysWhy("deployer");

        String deployer = client.create("/v1/agents", "{\"name\": \"deployer\"}");
        assertThat(client.get(path)).hasStatus(200).has("/id", deployer);
        assertThat(client.get("/v1/agents/" + deployer.toUpperCase(java.util.Locale.ROOT)))
                .has("/id", deployer);

        String namesake = client.create("/v1/agents", "{\"name\": \"deployer\"}");
        for (Answer ambiguous : List.of(client.get(path), client.put(path, "{}"), client.delete(path))) {
            assertThat(ambiguous).hasStatus(409).hasErrorCode("CONFLICT").saysWhy(deployer, namesake);
        }
        assertThat(client.get("/v1/sources/agent_sources/deployer")).hasStatus(409);
        assertThat(client.get("/v1/agents?name=deployer").column("id")).containsExactly(deployer, namesake);
        assertThat(client.get("/v1/agents").column("id")).containsExactly(first, deployer, namesake);
    }

    @Test
    void listsInPages(ApiClient client) {
        assertThat(client.get("/v1/agents"))
                .hasStatus(200)
                .has("/data", List.of())
                .has("/pagination", java.util.Map.of("total", 0, "limit", 50, "offset", 0));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(client.create("/v1/agents", "{\"name\": \"agent-%d\"}".formatted(i)));
        }

        assertThat(client.get("/v1/agents").column("id")).isEqualTo(ids);
        Answer second = client.get("/v1/agents?limit=2&offset=2");
        assertThat(second).has("/pagination", java.util.Map.of("total", 5, "limit", 2, "offset", 2));
        assertThat(second.column("id")).isEqualTo(ids.subList(2, 4));
        assertThat(client.get("/v1/agents?limit=2&page=3").column("id")).isEqualTo(ids.subList(4, 5));
        assertThat(client.get("/v1/agents?limit=2&offset=5").column("id")).isEmpty();
        assertThat(client.get("/v1/agents?limit=2&offset=100")).has("/pagination/total", 5);
    }

    @Test
    void losesNeitherOfTwoUpdatesAtOnce(ApiClient client) throws Exception {
        String one = "/v1/agents/" + client.create("/v1/agents", "{\"name\": \"x\"}");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String body = "{\"environment_variables\": {\"V%d\": \"1\"}}".formatted(i);
                answers.add(threads.submit(() -> client.patch(one, body)));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get()).hasStatus(200);
            }
        }

        JsonNode variables = client.get(one).at("/environment_variables");
        assertThat(variables).hasSize(16);
    }

    @Test
    void canBeChangedAfterSomethingItRefersToHasGone(ApiClient client) {
        String source = sourceWithTool(client, "gone");
        String one = "/v1/agents/" + client.create("/v1/agents", """
                {"name": "left", "sources": ["%s"], "tools": ["gone"]}
                """.formatted(source));
        assertThat(client.delete("/v1/sources/" + source)).hasStatus(200);

        assertThat(client.put(one, "{\"description\": \"still here\"}"))
                .hasStatus(200)
                .has("/tools/0", "gone");
        assertThat(client.put(one, "{\"tools\": [\"gone\", \"never-there\"]}"))
                .hasStatus(400)
                .hasFieldErrors(1)
                .hasFieldError("/tools/1", "there is no tool");
    }

    @Test
    void deletesOnceWhenTwoTryAtOnce(ApiClient client) throws Exception {
        String one = "/v1/agents/" + client.create("/v1/agents", "{\"name\": \"x\"}");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> client.delete(one)));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 404, 404, 404);
        }
    }

    @Test
    void refusesTextsOfUnreasonableLength(ApiClient client) {
        assertThat(client.post("/v1/agents", "{\"name\": \"" + "x".repeat(201) + "\"}"))
                .hasStatus(400)
                .hasFieldError("/name", "at most 200 characters, got 201");
        assertThat(client.post("/v1/agents", "{\"name\": \"" + "ü".repeat(200) + "\"}"))
                .hasStatus(201);
    }

    @Test
    void refusesStartersAndTasksOfTheWrongKind(ApiClient client) {
        assertThat(client.post("/v1/agents", "{\"name\": \"x\", \"starters\": [\"a\"], \"tasks\": [1], \"links\": {}}"))
                .hasStatus(400)
                .hasFieldError("/starters/0", "must be an object, got a string")
                .hasFieldError("/tasks/0", "got a number")
                .hasFieldError("/links", "must be an array, got an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"integrations", "activate_integrations"})
    void showsTheIntegrationsItNames(String path, ApiClient client) {
        String jira = client.create(
                "/v1/integrations", "{\"name\": \"jira\", \"integration_type\": \"jira\", \"description\": \"Cloud\"}");
        client.create("/v1/integrations", "{\"name\": \"other\", \"integration_type\": \"aws\"}");
        String id = client.create("/v1/agents", "{\"name\": \"x\", \"integrations\": [\"not-there-yet\", \"jira\"]}");

        assertThat(client.get("/v1/agents/" + id + "/" + path))
                .hasStatus(200)
                .has("/pagination/total", 1)
                .has("/data/0/id", jira)
                .has("/data/0/uuid", jira)
                .has("/data/0/name", "jira")
                .has("/data/0/integration_type", "jira")
                .has("/data/0/description", "Cloud");
        assertThat(client.get("/api/v1/agents/" + id + "/" + path))
                .hasStatus(200)
                .has("/0/uuid", jira);
        assertThat(client.get("/api/v1/agents/" + id + "/" + path).rows()).hasSize(1);
    }
}
