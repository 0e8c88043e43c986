package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The web app's stories, in a real browser against a real server. */
@ServerTest
class WebAppTest {

    private static void countingTool(ApiClient client) {
        client.create("/v1/sources", """
                {"name": "counters", "inline_tools": [{"name": "count", "description": "Counts.", "type": "script",
                  "content": "for i in $(seq 1 $to); do echo line $i; done",
                  "args": [{"name": "to", "type": "int", "description": "How far", "required": true}]}]}
                """);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void go(Page page, TestServer server, String place) {
        page.navigate(server.url() + "/#/" + place);
    }

    @Test
    void signsInWithAKeyAndOutAgain(TestServer server) {
        ApiClient client = server.newOrganization();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            page.locator("#key").fill("uk_wrong");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.ALERT).innerText()).contains("API key");

            Browser.signIn(page, client.key());
            assertThat(page.locator("h1").innerText()).isEqualTo("Overview");
            assertThat(page.content()).doesNotContain(client.key());
            assertThat(page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"))
                    .asString()
                    .doesNotContain("uk_")
                    .doesNotContain("ks_");
            page.reload();
            page.locator(".shell").waitFor();

            button(page, "Sign out").click();
            page.locator("#key").waitFor();
            page.reload();
            page.locator("#key").waitFor();
        }
    }

    @Test
    void runsAToolWithAFormMadeFromItsArguments(TestServer server) {
        ApiClient client = server.newOrganization();
        countingTool(client);
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            go(page, server, "tools");
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("count").setExact(true))
                    .click();
            button(page, "Run").click();
            assertThat(page.locator(".wrong").innerText()).contains("required");

            page.getByLabel("to").fill("3");
            button(page, "Run").click();
            page.getByText("exit code 0").waitFor();
            assertThat(page.locator(".output").innerText()).contains("line 1\nline 2\nline 3");
        }
    }

    @Test
    void makesAnAgentAndSaysWhenThereIsNoModel(TestServer server) {
        ApiClient client = server.newOrganization();
        countingTool(client);
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            go(page, server, "agents");
            page.getByText("No agents yet").waitFor();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New agent"))
                    .first()
                    .click();
            page.getByLabel("counters").check();
            page.getByLabel("Name *").fill("helper");
            page.getByLabel("Instructions").fill("Be brief.");
            button(page, "Create").click();
            page.getByText("Talk to helper").waitFor();
            assertThat(client.get("/v1/agents/helper").at("/sources").size()).isEqualTo(1);

            page.getByLabel("Message").fill("Hello");
            page.keyboard().press("Enter");
            page.getByRole(AriaRole.ALERT).waitFor();
            assertThat(page.getByRole(AriaRole.ALERT).innerText()).contains("KUBIYA_LLM_PROVIDER");
        }
    }

    @Test
    void makesAKeyThatIsShownOnceAndRevokesIt(TestServer server) {
        ApiClient client = server.newOrganization();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            go(page, server, "settings/keys");
            button(page, "New key").click();
            page.getByLabel("Name *").fill("ci");
            page.getByLabel("agents:read").check();
            button(page, "Create").click();
            String key = page.locator("dialog pre").innerText().strip();
            assertThat(server.withKey(key).get("/v1/agents").status()).isEqualTo(200);
            assertThat(server.withKey(key).get("/v1/secrets").status()).isEqualTo(403);
            button(page, "Done").click();
            assertThat(page.content()).doesNotContain(key);

            Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("ci"));
            row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"))
                    .click();
            page.locator("dialog")
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"))
                    .click();
            row.waitFor(new Locator.WaitForOptions()
                    .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
            assertThat(server.withKey(key).get("/v1/agents").status()).isEqualTo(401);
        }
    }

    @Test
    void runsAWorkflowAndAgreesToAStep(TestServer server) {
        ApiClient client = server.newOrganization();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            go(page, server, "workflows");
            button(page, "Run a definition").first().click();
            page.getByLabel("Workflow, in YAML").fill("""
                    name: careful
                    steps:
                      - {name: first, command: echo one}
                      - {name: danger, command: echo two, depends: [first], requires_approval: true}
                    """);
            page.getByRole(AriaRole.DIALOG)
                    .getByText("Run", new Locator.GetByTextOptions().setExact(true))
                    .click();
            page.locator("svg.graph .node.completed").first().waitFor();

            go(page, server, "approvals");
            button(page, "Approve").first().click();
            page.getByText("Nothing waits").waitFor();
            go(page, server, "workflows");
            page.getByText("careful").first().click();
            page.locator("svg.graph .node.completed").nth(1).waitFor();
            page.getByText("danger").last().click();
            page.getByText("two", new Page.GetByTextOptions().setExact(true)).waitFor();
        }
    }

    @Test
    void showsNoTextOfOthersAsMarkup(TestServer server) {
        ApiClient client = server.newOrganization();
        client.create("/v1/agents", """
                {"name": "<img src=x onerror=alert(1)>", "description": "<script>alert(2)</script>"}
                """);
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            page.onDialog(dialog -> {
                throw new AssertionError("a script ran: " + dialog.message());
            });
            Browser.signIn(page, client.key());
            go(page, server, "agents");
            page.getByText("<img src=x onerror=alert(1)>").waitFor();
            assertThat(page.locator("main img").count()).isZero();
        }
    }

    @Test
    void hasNoBarriersAndFitsOnAPhone(TestServer server) {
        ApiClient client = server.newOrganization();
        countingTool(client);
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
                    go(page, server, place);
                    page.locator("main h1").waitFor();
                    page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
                    assertThat(Browser.barriers(page)).as(place + " " + scheme).isEmpty();
                    assertThat((Boolean) page.evaluate(
                                    "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                            .as(place + " does not scroll sideways")
                            .isTrue();
                }
            }
        }
    }

    @Test
    void turnsPagesOfALongList(TestServer server) {
        ApiClient client = server.newOrganization();
        for (int i = 0; i < 60; i++) {
            client.create("/v1/groups", "{\"name\": \"group-%02d\"}".formatted(i));
        }
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            go(page, server, "settings/groups");
            page.getByText("1–50 of").waitFor();
            button(page, "Next").click();
            page.getByText("51–").waitFor();
            assertThat(page.locator("tbody tr").count()).isBetween(10, 15);
        }
    }
}
