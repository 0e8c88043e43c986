package ai.kubiya.server.tool;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools: where they live, how they are found, and which of them may be changed. */
@ServerTest(settings = {"KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true", "KUBIYA_ALLOW_FILE_SOURCES=true"})
class ToolApiTest {

    private static String create(ApiClient client, String name, String description) {
        return client.create("/v1/tools", """
                {"name": "%s", "description": "%s", "type": "script", "content": "echo hi"}
                """.formatted(name, description));
    }

    private static String gitSource(ApiClient client, GitServer git, String tool) {
        GitRepository repository = git.newRepository().withTool("tools.json", tool, "echo from git");
        repository.commit();
        return client.create("/v1/sources", "{\"url\": \"%s\"}".formatted(repository.url()));
    }

    @Test
    void createsReadsChangesAndDeletes(ApiClient client) {
        Answer created = client.post("/v1/tools", """
                {"name": "deploy", "description": "Deploys", "type": "script", "content": "echo {{.what}}",
                 "args": [{"name": "what", "description": "w", "required": true}]}
                """);
        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/tools/" + created.id())
                .has("/source/type", "inline");
        String one = "/v1/tools/" + created.id();

        assertThat(client.get(one)).hasStatus(200).has("", created.json());
        assertThat(client.get("/v1/tools/deploy")).has("", created.json());
        assertThat(client.patch(one, "{\"description\": \"Deploys well\"}"))
                .hasStatus(200)
                .has("/id", created.id())
                .has("/description", "Deploys well")
                .has("/args/0/name", "what");
        assertThat(client.put("/v1/tools/deploy", "{\"name\": \"ship\", \"args\": []}"))
                .hasStatus(200)
                .has("/id", created.id())
                .has("/name", "ship")
                .has("/args", List.of());
        assertThat(client.get("/v1/tools/deploy")).hasStatus(404);
        assertThat(client.delete("/v1/tools/ship")).hasStatus(200).has("/result", "ok");
        assertThat(client.delete(one)).hasStatus(404);
    }

    @Test
    void givesEveryFieldBackAsItWasSent(ApiClient client) throws Exception {
        String sent = """
                {
                  "name": "all_fields", "description": "d", "type": "docker", "image": "alpine:3", "content": "echo $A",
                  "alias": "af", "icon_url": "https://example.com/i.png", "mermaid": "graph TD", "long_running": true,
                  "timeout": 60, "env": ["LOG_LEVEL"], "secrets": ["GH_TOKEN"], "on_start": "echo start",
                  "metadata": {"k": [1, 2]}, "dependencies": ["x"], "entrypoint": ["sh", "-c"],
                  "args": [{"name": "n", "type": "int", "description": "a number", "required": false, "default": "5"}],
                  "with_files": [{"destination": "/x.txt", "content": "hello"}],
                  "with_volumes": [{"name": "cache", "path": "/cache"}],
                  "with_services": [{"name": "db", "image": "postgres", "exposed_ports": [5432], "env": {"A": "b"}}]
                }
                """;

        Answer created = client.post("/v1/tools", sent);
        assertThat(created).hasStatus(201);
        Answer read = client.get("/v1/tools/all_fields");

        for (var field : new ObjectMapper().readTree(sent).properties()) {
            assertThat(read.at("/" + field.getKey()).isMissingNode())
                    .as(field.getKey())
                    .isFalse();
            assertThat(created).has("/" + field.getKey(), read.at("/" + field.getKey()));
        }
        assertThat(read)
                .has("/timeout", 60)
                .has("/args/0/type", "int")
                .has("/with_services/0/exposed_ports/0", 5432)
                .has("/metadata/k", List.of(1, 2));
        assertThat(client.put("/v1/tools/all_fields", read.body())).hasStatus(200);
    }

    @Test
    void answersTheOldWayOnTheOtherSurface(ApiClient client) {
        Answer created = client.post("/api/v1/tools", """
                {"name": "deploy", "description": "d", "type": "script", "content": "x", "unknown_field": 1}
                """);

        assertThat(created).hasStatus(200).hasNoHeader("Location");
        assertThat(client.get("/api/v1/tools").column("name")).containsExactly("deploy");
        assertThat(client.put("/api/v1/tools/deploy", "{\"other\": 1}")).hasStatus(200);
        assertThat(client.delete("/api/v1/tools/deploy")).hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /name",
                "{'name': 'x'} | /description",
                "{'name': 'x', 'description': 'd', 'type': 'cobol'} | /type",
                "{'name': 'x', 'description': 'd', 'content': {}} | /content",
                "{'name': 'x', 'description': 'd', 'content': 'c', 'args': 'none'} | /args",
                "{'name': 'x', 'description': 'd', 'args': [{'description': 'no name'}]} | /args/0/name",
                "{'name': 'x', 'description': 'd', 'args': [{'name': 'a', 'type': 'complex'}]} | /args/0/type",
                "{'name': 'x', 'description': 'd', 'with_files': [{'content': 'c'}]} | /with_files/0/destination",
                "{'name': 'x', 'description': 'd', 'timeout': 'soon'} | /timeout"
            })
    void namesWhatIsWrongWithADefinition(String body, String field, ApiClient client) {
        Answer answer = client.post("/v1/tools", body.replace('\'', '"'));

        assertThat(answer).hasStatus(400).hasErrorCode("VALIDATION_FAILED");
        assertThat(answer.at("/errors")
                        .valueStream()
                        .map(error -> error.path("field").asText()))
                .contains(field);
        assertThat(client.get("/v1/tools").rows()).isEmpty();
    }

    @Test
    void refusesAnUnknownFieldOnTheDocumentedSurface(ApiClient client) {
        assertThat(client.post("/v1/tools", """
                {"name": "x", "description": "d", "type": "script", "content": "x", "colour": "blue"}
                """)).hasStatus(400).hasFieldError("/colour", "is not a field");
    }

    @Test
    void keepsOneNameInOnePlace(ApiClient client) {
        create(client, "deploy", "d");
        String other = create(client, "other", "d");

        assertThat(client.post("/v1/tools", """
                {"name": "deploy", "description": "d", "type": "script", "content": "x"}
                """))
                .hasStatus(409)
                .hasErrorCode("CONFLICT")
                .saysWhy("deploy");
        assertThat(client.patch("/v1/tools/other", "{\"name\": \"deploy\"}")).hasStatus(409);
        assertThat(client.get("/v1/tools/" + other)).has("/name", "other");
    }

    @Test
    void letsOneWinWhenManyCreateOrTakeTheSameName(ApiClient client) throws Exception {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            others.add(create(client, "other-" + i, "d"));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<Answer>> created = new ArrayList<>();
            List<Future<Answer>> renamed = new ArrayList<>();
            for (String other : others) {
                created.add(threads.submit(() -> client.post("/v1/tools", """
                        {"name": "created", "description": "d", "type": "script", "content": "x"}
                        """)));
                renamed.add(threads.submit(() -> client.patch("/v1/tools/" + other, "{\"name\": \"renamed\"}")));
            }
            assertThat(statuses(created)).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409);
            assertThat(statuses(renamed)).containsExactlyInAnyOrder(200, 409, 409, 409, 409, 409);
        }
        assertThat(client.get("/v1/tools").rows()).hasSize(7);
        assertThat(client.get("/v1/sources").rows()).hasSize(1);
    }

    private static List<Integer> statuses(List<Future<Answer>> answers) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (Future<Answer> answer : answers) {
            statuses.add(answer.get().status());
        }
        return statuses;
    }

    @Test
    void cannotBeChangedWhereItComesFromARepository(ApiClient client, GitServer git) {
        gitSource(client, git, "deploy");

        for (Answer answer : List.of(
                client.put("/v1/tools/deploy", "{\"content\": \"x\"}"),
                client.patch("/v1/tools/deploy", "{\"content\": \"x\"}"),
                client.delete("/v1/tools/deploy"))) {
            assertThat(answer).hasStatus(409).hasErrorCode("CONFLICT").saysWhy("git source", "sync");
        }
        assertThat(client.get("/v1/tools/deploy")).has("/content", "echo from git");
    }

    @Test
    void keepsNamesakesOfTwoSourcesApart(ApiClient client, GitServer git) {
        String one = gitSource(client, git, "deploy");
        String two = gitSource(client, git, "deploy");

        Answer ambiguous = client.get("/v1/tools/deploy");
        assertThat(ambiguous).hasStatus(409).hasErrorCode("CONFLICT").saysWhy(one, two);
        assertThat(client.get("/v1/tools/deploy?source_id=" + one))
                .hasStatus(200)
                .has("/source/id", one);
        assertThat(client.get("/v1/tools/deploy?source_uuid=" + two))
                .hasStatus(200)
                .has("/source/id", two);
        assertThat(client.get("/v1/tools/deploy?source_id=" + UUID.randomUUID()))
                .hasStatus(404);
        assertThat(client.get("/v1/tools/deploy?source_id=nonsense"))
                .hasStatus(400)
                .hasFieldError("source_id", "must be a uuid");
        assertThat(client.post("/v1/tools/exec", "{\"tool_name\": \"deploy\"}"))
                .hasStatus(409)
                .saysWhy(one, two);
    }

    @Test
    void listsAllOrThoseOfOneSource(ApiClient client, GitServer git) {
        String source = gitSource(client, git, "from git");
        create(client, "a", "d");
        create(client, "b", "d");

        assertThat(client.get("/v1/tools").column("name")).containsExactly("a", "b", "from git");
        assertThat(client.get("/v1/tools?source_id=" + source).column("name")).containsExactly("from git");
        assertThat(client.get("/v1/tools?limit=2&offset=2"))
                .has("/data/0/name", "from git")
                .has("/pagination/total", 3);
        assertThat(client.get("/v1/tools?limit=2&offset=9").rows()).isEmpty();
        assertThat(client.get("/api/v1/tools?limit=1&page=2"))
                .has("/0/name", "b")
                .hasHeader("X-Total-Count", "3");
    }

    @ParameterizedTest
    @CsvSource({
        "pods, list_pods",
        "POD, list_pods",
        "lists, 'list_pods'",
        "kubernetes, 'list_pods,restart'",
        "list_pods, list_pods",
        "list-pods, list_pods",
        "ist_po, list_pods",
        "restart pod, ''",
        "zebra, ''",
        "'\"pods in\"', list_pods",
        "'kubernetes or invoice', 'bill,list_pods,restart'",
        "100%, ''",
        "'a'' OR 1=1 --', ''",
        "'(((', ''",
        "':* & | !', ''"
    })
    void findsByWordsOfNameAndDescription(String query, String names, ApiClient client) {
        create(client, "list_pods", "Lists the pods in a Kubernetes cluster");
        create(client, "restart", "Restarts a deployment in Kubernetes");
        create(client, "bill", "Sends an invoice");

        List<String> wanted = names.isEmpty() ? List.of() : List.of(names.split(","));
        for (String path : List.of("/v1/tools?q=", "/v1/tools/search?q=", "/api/v1/tools/search?query=")) {
            assertThat(client.get(path + ApiClient.encode(query)).column("name"))
                    .as(path + query)
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    void wantsWordsToSearchFor(ApiClient client) {
        assertThat(client.get("/v1/tools/search")).hasStatus(400).hasFieldError("q", "is required");
    }

    @Test
    void showsTheBestMatchFirst(ApiClient client) {
        create(client, "aaa", "Mentions deploy once in a long text about many other things that matter more");
        create(client, "deploy", "Something");

        assertThat(client.get("/v1/tools/search?q=deploy").column("name")).containsExactly("deploy", "aaa");
    }
}
