package ai.kubiya.server.project;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/projects}: what a project is. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class ProjectApiTest {
    private static final String MASK = "********";

    @Test
    void keepsAProjectAndMasksItsSensitiveValues(ApiClient client) {
        Answer created = client.post("/v1/projects", """
                {"name": "network", "description": "of the test account", "icons": ["https://example.com/i.png"],
                 "files": {"main.tf": "variable \\"region\\" {}\\nvariable \\"size\\" {}\\nvariable \\"password\\" {}", "modules/a/main.tf": ""},
                 "variables": [{"name": "region", "value": "eu"}, {"name": "size", "value": {"cpu": 2}},
                               {"name": "password", "value": "very-secret", "sensitive": true}],
                 "environment_variables": {"AWS_REGION": "eu", "RETRIES": 3},
                 "managed_by": "terraform", "task_id": "t-1"}
                """);

        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/projects/" + created.id())
                .hasHeader("ETag")
                .has("/uuid", created.id())
                .has("/status", "pending")
                .has("/runner", "local")
                .has("/auto_apply", false)
                .has("/files/modules~1a~1main.tf", "")
                .has("/variables/0/value", "eu")
                .has("/variables/1/value/cpu", 2)
                .has("/variables/2/value", MASK)
                .has("/variables/2/sensitive", true)
                .has("/environment_variables/RETRIES", "3")
                .has("/created_by", "someone@" + client.organizationName())
                .doesNotMention("very-secret");
        for (String path : List.of("network", created.id())) {
            assertThat(client.get("/v1/projects/" + path)).hasStatus(200).has("", created.json());
        }
        assertThat(client.get("/v1/projects")).has("/data/0", created.json()).has("/pagination/total", 1);
    }

    @Test
    void keepsAMaskedValueWhenItComesBack(TestServer server, ApiClient client) {
        String id = client.create("/v1/projects", """
                {"name": "p", "variables": [{"name": "password", "value": "first-secret", "sensitive": true}]}
                """);
        String before = server.stored("SELECT encode(sensitive_values, 'hex') FROM project WHERE id = '" + id + "'")
                .getFirst();

        assertThat(client.put(
                        "/v1/projects/" + id, client.get("/v1/projects/" + id).body()))
                .hasStatus(200)
                .has("/variables/0/value", MASK);
        assertThat(server.stored("SELECT inputs_version::text FROM project WHERE id = '" + id + "'"))
                .containsExactly("1");
        assertThat(client.patch("/v1/projects/" + id, """
                {"variables": [{"name": "password", "value": "second-secret", "sensitive": true}]}
                """)).hasStatus(200).doesNotMention("second-secret");

        assertThat(server.stored("SELECT inputs_version::text FROM project WHERE id = '" + id + "'"))
                .containsExactly("2");
        assertThat(before).isNotEmpty();
        assertThat(server.dump()).doesNotContain("first-secret").doesNotContain("second-secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                        | /name              | is required
            {"name": "x", "path": "../other", "url": "https://example.com/a"}         | /path              | leads out of it
            {"name": "x", "branch": "main"}                                           | /branch            | which is missing
            {"name": "x", "url": "https://example.com/a", "files": {"a.tf": ""}}      | /files             | cannot stand beside url
            {"name": "x", "files": {"../a.tf": ""}}                                   | /files/..~1a.tf    | is not a relative file name
            {"name": "x", "files": {"/etc/a.tf": ""}}                                 | /files/~1etc~1a.tf | is not a relative file name
            {"name": "x", "files": {"terraform.tfstate": "{}"}}                       | /files/terraform.tfstate | is not a relative file name
            {"name": "x", "files": {".terraform/a": ""}}                              | /files/.terraform~1a | is not a relative file name
            {"name": "x", "runner": "moon"}                                           | /runner            | there is no runner
            {"name": "x", "secrets": ["nope"]}                                        | /secrets/0         | there is no secret
            {"name": "x", "variables": [{"name": "a", "secret": "nope"}]}             | /variables/0/secret | there is no secret
            {"name": "x", "variables": [{"name": "a", "value": "********"}]}          | /variables/0/value | there is no stored value
            {"name": "x", "variables": [{"name": "a", "value": 1}, {"name": "a", "value": 1}]} | /variables/1/name | stands here twice
            {"name": "x", "variables": [{"name": "a b", "value": 1}]}                 | /variables/0/name  | name of a Terraform variable
            {"name": "x", "environment_variables": {"A-B": "1"}}                      | /environment_variables/A-B | is not the name
            {"name": "x", "environment_variables": {"TF_DATA_DIR": "/tmp"}}           | /environment_variables/TF_DATA_DIR | is set by the server
            {"name": "x", "url": 5}                                                   | /url               | must be a string
            {"name": "x", "colour": "red"}                                            | /colour            | is not a field
            """)
    void saysWhatIsWrongWithAField(String body, String field, String words, ApiClient client) {
        assertThat(client.post("/v1/projects", body)).hasStatus(400).hasFieldError(field, words);
        assertThat(client.get("/v1/projects")).has("/pagination/total", 0);
    }

    @Test
    void readsTheCodeOfARepository(ApiClient client, GitServer git) {
        GitRepository repository =
                git.newRepository().write("network/main.tf", """
                        variable "region" {
                          type        = string
                          description = "Where"
                          default     = "eu-1"
                          validation {
                            condition     = contains(["eu-1", "us-1"], var.region)
                            error_message = "eu-1 or us-1"
                          }
                        }
                        variable "password" {
                          type      = string
                          sensitive = true
                        }
                        variable "zones" { type = list(string) }
                        resource "terraform_data" "x" { input = var.region }
                        output "id" { value = terraform_data.x.id }
                        """).write("network/README.md", "# Network");
        String commit = repository.commit();

        Answer created = client.post("/v1/projects", """
                {"name": "n", "url": "%s", "path": "/network/", "variables": [
                  {"name": "region", "value": "us-1"}, {"name": "password", "value": "very-secret"},
                  {"name": "zones", "value": "[\\"a\\", \\"b\\"]"}]}
                """.formatted(repository.url()));

        assertThat(created)
                .hasStatus(201)
                .has("/path", "network")
                .has("/commit", commit)
                .has("/readme", "# Network")
                .has("/resources/0/address", "terraform_data.x")
                .has("/outputs/0/name", "id")
                .has("/variables/0/name", "region")
                .has("/variables/0/type", "string")
                .has("/variables/0/default", "eu-1")
                .has("/variables/0/value", "us-1")
                .has("/variables/0/required", false)
                .has("/variables/0/options", List.of("eu-1", "us-1"))
                .has("/variables/0/validations/0/error_message", "eu-1 or us-1")
                .has("/variables/1/value", MASK)
                .has("/variables/1/sensitive", true)
                .has("/variables/1/required", true)
                .has("/variables/2/value", List.of("a", "b"))
                .doesNotMention("very-secret");
        assertThat(client.put("/v1/projects/n", client.get("/v1/projects/n").body()))
                .hasStatus(200)
                .has("/variables", created.at("/variables"));

        repository
                .branch("next")
                .write("network/main.tf", "variable \"other\" {}")
                .commit();
        assertThat(client.patch("/v1/projects/n", "{\"branch\": \"next\"}"))
                .hasStatus(200)
                .has("/variables/0/name", "other")
                .hasNull("/variables/0/value")
                .has("/variables/1/name", "region")
                .has("/variables/1/value", "us-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "branch": "nope"                                         | /branch            | has no branch or tag
            "path": "nope"                                           | /path              | there is no folder "nope" on main; there are some in network
            "path": "empty"                                          | /path              | no Terraform files (*.tf) in the folder; there are some in network
            "path": "linked"                                         | /path              | leads out of the repository
            "path": "network", "variables": [{"name": "zone", "value": 1}]    | /variables/0/name  | declares no variable "zone"; its variables are count, size
            "path": "network", "variables": [{"name": "count", "value": "x"}] | /variables/0/value | must be a number
            "path": "network", "variables": [{"name": "count", "value": [1]}] | /variables/0/value | must be a number
            "path": "network", "variables": [{"name": "size", "value": "xl"}] | /variables/0/value | must be one of s, m
            """)
    void holdsWhatIsSentAgainstTheCode(String fields, String field, String words, ApiClient client, GitServer git)
            throws IOException {
        GitRepository repository =
                git.newRepository().write("network/main.tf", """
                        variable "count" { type = number }
                        variable "size" {
                          validation {
                            condition     = contains(["s", "m"], var.size)
                            error_message = "s or m"
                          }
                        }
                        """).write("empty/a.txt", "");
        Path link = repository.folder().resolve("linked");
        if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, Path.of("/etc"));
        }
        repository.commit();

        assertThat(client.post(
                        "/v1/projects", "{\"name\": \"x\", \"url\": \"" + repository.url() + "\", " + fields + "}"))
                .hasStatus(400)
                .hasFieldError(field, words);
        assertThat(client.get("/v1/projects")).has("/pagination/total", 0);
    }

    @Test
    void keepsCodeThatCannotBeRead(ApiClient client) {
        assertThat(client.post("/v1/projects", """
                {"name": "x", "files": {"main.tf": "variable \\"a\\" {\\n  type = [\\n}\\n", "b.tf": "variable \\"b\\" {}"}}
                """))
                .hasStatus(201)
                .has("/code_errors/0/file", "main.tf")
                .has("/variables/0/name", "b");
    }

    @Test
    void setsVariables(ApiClient client) {
        client.create("/v1/projects", """
                {"name": "p", "files": {"main.tf": "variable \\"a\\" {}\\nvariable \\"b\\" {\\n sensitive = true\\n}"}}
                """);

        assertThat(client.put("/v1/projects/p/variables", """
                {"variables": [{"name": "a", "value": 1}, {"name": "b", "value": "very-secret"}]}
                """))
                .hasStatus(200)
                .has("/data/0/value", 1)
                .has("/data/1/value", MASK)
                .has("/pagination/total", 2);
        assertThat(client.put(
                        "/v1/projects/p/variables", "{\"variables\": [{\"name\": \"b\", \"value\": \"********\"}]}"))
                .hasStatus(200);
        assertThat(client.get("/v1/projects/p/variables?limit=1&offset=1")).has("/data/0/value", MASK);
        assertThat(client.get("/v1/projects/p/variables")).hasNull("/data/0/value");
        assertThat(client.put("/v1/projects/p/variables", "{}")).hasStatus(400).hasFieldError("/variables", "required");
        assertThat(client.put("/v1/projects/p/variables", "{\"variables\": [], \"name\": \"q\"}"))
                .hasStatus(400)
                .hasFieldError("/name", "is not a field");
    }

    @Test
    void changesAndDeletes(ApiClient client) {
        Answer created = client.post("/v1/projects", "{\"name\": \"p\", \"description\": \"old\"}");
        ApiClient late = client.withHeader("If-Match", created.header("ETag").orElseThrow());

        assertThat(client.patch("/v1/projects/p", "{\"description\": \"new\"}"))
                .hasStatus(200)
                .has("/description", "new");
        assertThat(late.patch("/v1/projects/p", "{\"description\": \"newer\"}")).hasStatus(412);
        assertThat(client.put("/v1/projects/p", "{\"auto_apply\": true}"))
                .has("/auto_apply", true)
                .has("/description", "new");
        assertThat(late.delete("/v1/projects/p")).hasStatus(412);
        assertThat(client.delete("/v1/projects/p")).hasStatus(200).has("/result", "ok");
        assertThat(client.get("/v1/projects/p")).hasStatus(404);
        assertThat(client.delete("/v1/projects/p")).hasStatus(404);
    }

    @Test
    void asksForTheIdWhenSeveralHaveTheName(ApiClient client) {
        String first = client.create("/v1/projects", "{\"name\": \"twin\"}");
        client.create("/v1/projects", "{\"name\": \"twin\"}");

        assertThat(client.get("/v1/projects/twin")).hasStatus(409).saysWhy(first);
        assertThat(client.get("/v1/projects/" + first)).hasStatus(200);
    }

    @Test
    void listsPagesAndNarrows(ApiClient client) {
        assertThat(client.get("/v1/projects")).has("/data", List.of()).has("/pagination/total", 0);
        for (String name : List.of("a", "b", "c")) {
            client.create("/v1/projects", "{\"name\": \"%s\"}".formatted(name));
        }

        assertThat(client.get("/v1/projects?limit=2&offset=2"))
                .has("/data/0/name", "c")
                .has("/pagination/total", 3);
        assertThat(client.get("/v1/projects?name=b")).has("/pagination/total", 1);
        assertThat(client.get("/v1/projects?status=active")).has("/pagination/total", 0);
        assertThat(client.get("/v1/projects?status=odd")).hasStatus(400);
    }

    @Test
    void needsTheScope(TestServer server, ApiClient client) {
        String id = client.create("/v1/projects", "{\"name\": \"p\"}");
        ApiClient reader = server.withScopes(client, Scope.PROJECTS_READ);

        assertThat(reader.get("/v1/projects/" + id)).hasStatus(200);
        assertThat(reader.patch("/v1/projects/" + id, "{\"name\": \"q\"}"))
                .hasStatus(403)
                .saysWhy("projects:write");
    }
}
