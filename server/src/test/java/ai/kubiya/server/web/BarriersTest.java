package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.project.run.Runs;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every screen, with something on it, for people with screen readers, in the dark and on a phone. */
@ServerTest
class BarriersTest {
    private static final String PLAN = """
            variable "region" { type = string }
            resource "terraform_data" "network" { input = var.region }
            resource "terraform_data" "node" {
              count = 2
              input = terraform_data.network.id
            }
            output "network" { value = terraform_data.network.output }
            output "hidden" {
              value     = "x"
              sensitive = true
            }
            """;

    @Test
    void hasNoBarriersAndFitsOnAPhone(TestServer server) {
        ApiClient client = server.newOrganization();
        WebAppTest.countingTool(client);
        String agent = client.create("/v1/agents", "{\"name\": \"helper\"}");
        String tool = client.get("/v1/tools/count").id();
        client.create("/v1/secrets", "{\"name\": \"TOKEN\", \"value\": \"x\"}");
        String webhook = client.create("/v1/webhooks", "{\"url\": \"https://example.com/hook\", \"events\": [\"*\"]}");
        client.create("/v1/policies", """
                {"name": "sre-only", "applies_to": ["chat"], "expression": "true", "message": "no"}
                """);
        String task = client.create(
                "/v1/tasks", "{\"name\": \"t\", \"tool_def\": {\"content\": \"x\"}, \"requires_approval\": true}");
        client.create("/v1/schedules", """
                {"name": "nightly", "cron": "0 3 * * *", "task": {"tool_def": {"content": "echo hi"}}}
                """);
        String run = client.post("/v1/workflows/executions", """
                {"workflow": {"name": "w", "steps": [{"name": "a", "command": "echo a"},
                  {"name": "b", "command": "exit 1", "depends": ["a"]}, {"name": "c", "command": "x", "depends": ["b"]}]}}
                """).id();
        Eventually.see(
                () -> client.get("/v1/executions/" + run),
                answer -> answer.text("/status").equals("failed"));
        Runs runs = Runs.of(client, "network", PLAN, "[{\"name\": \"region\", \"value\": \"eu-1\"}]");
        runs.apply();
        client.put(runs.path() + "/variables", "{\"variables\": [{\"name\": \"region\", \"value\": \"us-1\"}]}");
        String plan = runs.plan().id();
        runs.run("plan", "{\"refresh_only\": true}");
        String project = "projects/" + runs.project();
        String entry = "knowledge/"
                + client.create(
                        "/v1/knowledge",
                        "{\"title\": \"Restarting\", \"content\": \"# Restarting\\n\\nDrain the queue first.\"}");
        client.put("/v1/" + entry, "{\"content\": \"# Restarting\\n\\nDrain both queues first.\"}");
        String execution = client.get("/v1/executions?limit=1")
                .rows()
                .getFirst()
                .path("id")
                .asText();
        List<String> places = List.of(
                "",
                "agents",
                "agents/new",
                "agents/" + agent,
                "sources",
                "tools",
                "tools/" + tool,
                "executions",
                "runners",
                "runners/local",
                "webhooks",
                "webhooks/" + webhook,
                "policies",
                "tasks",
                "tasks/" + task,
                "schedules",
                "workflows",
                "workflows/runs/" + run,
                "approvals",
                "projects",
                "projects/new",
                project,
                project + "/runs",
                project + "/variables",
                project + "/resources",
                project + "/outputs",
                project + "/state",
                project + "/drift",
                project + "/settings",
                project + "/runs/" + plan,
                "knowledge",
                "knowledge/new",
                "knowledge/folders",
                entry,
                entry + "/edit",
                entry + "/history",
                entry + "/audience",
                "executions/" + execution,
                "settings/keys",
                "settings/users",
                "settings/groups",
                "settings/secrets",
                "settings/integrations",
                "settings/audit");
        try (Browser browser = new Browser()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = browser.open(server.url(), scheme == ColorScheme.LIGHT ? 1280 : 380, 800, scheme);
                Browser.signIn(page, client.key());
                for (String place : places) {
                    Browser.go(page, server, place);
                    page.locator("main[data-place='" + place + "']:not(:has([aria-busy=true])) h1")
                            .first()
                            .waitFor();
                    assertThat(Browser.barriers(page)).as(place + " " + scheme).isEmpty();
                    assertThat((Boolean) page.evaluate(
                                    "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                            .as(place + " does not scroll sideways")
                            .isTrue();
                }
            }
        }
    }
}
