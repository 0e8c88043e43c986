package ai.kubiya.server.project.compat;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of older clients: use cases, plans, approvals, executions that are asked for again and again, and stacks. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class ProjectCompatTest {
    private static final String CODE = """
            variable "name" {
              type        = string
              description = "Who"
            }
            variable "count_of" {
              type    = number
              default = 1
            }
            resource "terraform_data" "one" { input = var.name }
            """;

    private static String template(ApiClient client, GitServer git) {
        GitRepository repository =
                git.newRepository().write("network/main.tf", CODE).write("dns/main.tf", "");
        repository.commit();
        JsonNode cases =
                client.get("/api/v1/usecases?repository=" + repository.url()).at("/usecases");
        assertThat(cases.valueStream().map(one -> one.path("name").asText())).containsExactly("dns", "network");
        JsonNode network = cases.path(1);
        assertThat(network.path("repository_url").asText()).isEqualTo(repository.url());
        assertThat(network.has("usecase_id")).isFalse();
        return network.path("uuid").asText();
    }

    private static Answer settled(ApiClient client, String execution) {
        while (true) {
            Answer now = client.get("/api/v1/tasks/" + execution);
            assertThat(now).hasStatus(200);
            if (List.of("completed", "failed").contains(now.text("/status"))) {
                return now;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void makesAProjectOfATemplateAndAppliesIt(ApiClient client, GitServer git) {
        String template = template(client, git);
        assertThat(client.get("/api/v1/usecases/" + template))
                .hasStatus(200)
                .has("/variables/0/name", "name")
                .has("/variables/0/required", true)
                .has("/variables/1/type", "number")
                .has("/variables/1/default", 1);

        Answer project = client.post("/api/v1/usecases", """
                {"template_id": "%s", "name": "mine", "description": "d",
                 "variables": [{"name": "name", "value": "ada", "type": "string"},
                               {"name": "count_of", "value": "2", "type": "string"}]}
                """.formatted(template));
        assertThat(project).hasStatus(200).has("/usecase_id", template).has("/status", "pending");
        String id = project.id();

        Answer plan = client.post("/api/v1/tasks/plan/" + id, "{\"project_id\": \"%s\"}".formatted(id));
        assertThat(plan)
                .hasStatus(200)
                .has("/project_id", id)
                .has("/status", "completed")
                .has("/changes/0/resource_id", "terraform_data.one")
                .has("/changes/0/action", "create");
        assertThat(plan.at("/changes/0/after").isTextual()).isTrue();
        assertThat(plan.at("/changes/0").has("before")).isFalse();
        assertThat(plan.json().has("approved_at")).isFalse();

        Answer execution = client.put("/api/v1/tasks/" + plan.text("/plan_id"), "{\"action\": \"approve\"}");
        assertThat(execution).hasStatus(200).has("/plan_id", plan.text("/plan_id"));

        Answer end = settled(client, execution.text("/execution_id"));
        assertThat(end).has("/status", "completed").has("/name", "mine").has("/project_id", id);
        assertThat(end.text("/end_time")).isNotEmpty();
        assertThat(client.get("/api/v1/tasks/logs/" + execution.text("/execution_id")))
                .has("/done", true)
                .has("/plan/status", "completed")
                .has("/apply/status", "completed")
                .has("/errors", List.of())
                .mentions("Creation complete");
        assertThat(client.get("/api/v1/tasks/plan/" + plan.text("/plan_id"))).has("/status", "approved");
        assertThat(client.get("/api/v1/tasks/" + id)).has("/status", "active").has("/id", id);
        assertThat(client.get("/api/v1/tasks/resources/" + id)
                        .rows()
                        .getFirst()
                        .path("id")
                        .asText())
                .isEqualTo("terraform_data.one");
    }

    @Test
    void changesAProjectAndKeepsWhatIsNotSent(ApiClient client, GitServer git) {
        String id = client.post("/api/v1/usecases", """
                {"usecase_id": "%s", "name": "mine", "variables": {"name": "ada", "count_of": 3}}
                """.formatted(template(client, git)))
                .id();

        assertThat(client.patch("/api/v1/usecases/" + id, """
                {"name": "", "description": "new", "variables": [{"name": "name", "value": "bob"}]}
                """))
                .hasStatus(200)
                .has("/name", "mine")
                .has("/description", "new");
        Answer changed = client.put("/api/v1/tasks/" + id, "{\"name\": \"other\", \"variables\": {\"name\": \"eve\"}}");

        assertThat(changed)
                .hasStatus(200)
                .has("/name", "other")
                .has("/description", "new")
                .has("/variables/0/value", "eve")
                .has("/variables/1/value", 3);
        assertThat(client.post("/api/v1/usecases", "{\"template_id\": \"%s\", \"name\": \"copy\"}".formatted(id)))
                .hasStatus(200)
                .has("/url", changed.text("/url"))
                .has("/path", "network");
    }

    @Test
    void saysWhatIsWrong(TestServer server, ApiClient client, GitServer git) {
        assertThat(client.post("/api/v1/usecases", "{\"name\": \"x\"}"))
                .hasStatus(400)
                .hasFieldError("/template_id", "is required");
        assertThat(client.post("/api/v1/usecases", "{\"name\": \"x\", \"template_id\": \"tpl_x\"}"))
                .hasStatus(400)
                .hasFieldError("/template_id", "there is no template");
        assertThat(client.get("/api/v1/usecases/tpl_x")).hasStatus(404);
        assertThat(client.get("/api/v1/usecases?repository=ftp://x")).hasStatus(400);
        String template = template(client, git);
        ApiClient reader = server.withScopes(client, Scope.PROJECTS_READ, Scope.TASKS_READ, Scope.TASKS_EXECUTE);
        assertThat(reader.get("/api/v1/usecases/" + template)).hasStatus(403);
        String id = client.post("/api/v1/usecases", """
                {"usecase_id": "%s", "name": "mine", "variables": {"name": "ada"}}
                """.formatted(template)).id();
        assertThat(reader.put("/api/v1/tasks/" + id, "{\"name\": \"x\"}")).hasStatus(403);
        assertThat(reader.delete("/api/v1/tasks/" + id)).hasStatus(403);
        assertThat(client.put("/api/v1/tasks/" + id, "{\"action\": \"approve\"}"))
                .hasStatus(404);
        assertThat(client.get("/api/v1/tasks/logs/" + id)).hasStatus(404);
        String plan = client.post("/api/v1/tasks/plan/" + id, "{}").text("/plan_id");
        assertThat(client.put("/api/v1/tasks/" + plan, "{\"action\": \"dance\"}"))
                .hasStatus(400);
        assertThat(client.put("/api/v1/tasks/" + plan, "{\"action\": \"reject\"}"))
                .hasStatus(200)
                .has("/status", "failed");
        assertThat(client.put("/api/v1/tasks/" + plan, "{\"action\": \"approve\"}"))
                .hasStatus(409);
        assertThat(client.delete("/api/v1/tasks/" + id)).hasStatus(200).has("/result", "ok");
        assertThat(client.get("/api/v1/tasks/" + id)).hasStatus(404);
    }

    private static String stack(String code) {
        ObjectNode body = Json.object().put("name", "stack");
        body.putObject("files")
                .put("main.tf", Base64.getEncoder().encodeToString(code.getBytes(StandardCharsets.UTF_8)))
                .put("variables.tf", "");
        return body.toString();
    }

    @Test
    void plansAndAppliesStacks(ApiClient client) {
        String code = "resource \"terraform_data\" \"one\" { input = \"1\" }\n";

        Answer planned = client.post("/api/v1/tasks/inline/plan", stack(code));
        assertThat(planned).hasStatus(200).has("/success", true);
        assertThat(planned.json().has("errorMessage")).isFalse();
        assertThat(planned.text("/initOutput")).contains("> terraform init").doesNotContain("> terraform plan");
        assertThat(planned.text("/planOutput")).contains("Plan: 1 to add");

        Answer applied = client.post("/api/v1/tasks/inline", stack(code));
        assertThat(applied).hasStatus(200).has("/uuid", planned.text("/uuid")).hasNull("/error");
        try (EventReader stream = client.stream("/api/v1/tasks/stream/logs/" + applied.text("/uuid"))) {
            List<EventReader.Event> events = stream.rest();
            assertThat(events.getLast().data()).isEqualTo("[DONE]");
            assertThat(events.get(events.size() - 2).field("status")).isEqualTo("completed");
            assertThat(events).anyMatch(event -> event.data().contains("Creation complete"));
        }

        String broken = code + "resource \"terraform_data\" \"two\" { input = nothing }\n";
        Answer failed = client.post("/api/v1/tasks/inline/plan", stack(broken));
        assertThat(failed).hasStatus(200).has("/success", false);
        assertThat(failed.text("/errorMessage")).isNotEmpty();

        assertThat(client.delete("/api/v1/tasks/" + applied.text("/uuid")))
                .hasStatus(409)
                .saysWhy("1 resource", "force=true");
        assertThat(client.delete("/api/v1/tasks/" + applied.text("/uuid") + "?force=true"))
                .hasStatus(200);
        assertThat(client.post("/api/v1/tasks/inline", "{\"name\": \"s\", \"files\": {\"main.tf\": \"=\"}}")
                        .status())
                .isEqualTo(400);
    }
}
