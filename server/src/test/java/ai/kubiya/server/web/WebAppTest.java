package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** The web app's stories, in a real browser against a real server. */
@ServerTest
class WebAppTest {

    static void countingTool(ApiClient client) {
        client.create("/v1/sources", """
                {"name": "counters", "inline_tools": [{"name": "count", "description": "Counts.", "type": "script",
                  "content": "for i in $(seq 1 $to); do echo line $i; done",
                  "args": [{"name": "to", "type": "int", "description": "How far", "required": true}]}]}
                """);
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

            Browser.button(page, "Sign out").click();
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
            Browser.go(page, server, "tools");
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("count").setExact(true))
                    .click();
            Browser.button(page, "Run").click();
            assertThat(page.locator(".wrong").innerText()).contains("required");

            page.getByLabel("to").fill("3");
            Browser.button(page, "Run").click();
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
            Browser.go(page, server, "agents");
            page.getByText("No agents yet").waitFor();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New agent"))
                    .first()
                    .click();
            page.getByLabel("counters").check();
            page.getByLabel("Name *").fill("helper");
            page.getByLabel("Instructions").fill("Be brief.");
            Browser.button(page, "Create").click();
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
            Browser.go(page, server, "settings/keys");
            Browser.button(page, "New key").click();
            page.getByLabel("Name *").fill("ci");
            page.getByLabel("agents:read").check();
            Browser.button(page, "Create").click();
            String key = page.locator("dialog pre").innerText().strip();
            assertThat(server.withKey(key).get("/v1/agents").status()).isEqualTo(200);
            assertThat(server.withKey(key).get("/v1/secrets").status()).isEqualTo(403);
            Browser.button(page, "Done").click();
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
            Browser.go(page, server, "workflows");
            Browser.button(page, "Run a definition").first().click();
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

            Browser.go(page, server, "approvals");
            Browser.button(page, "Approve").first().click();
            page.getByText("Nothing waits").waitFor();
            Browser.go(page, server, "workflows");
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
            Browser.go(page, server, "agents");
            page.getByText("<img src=x onerror=alert(1)>").waitFor();
            assertThat(page.locator("main img").count()).isZero();
        }
    }

    /** Otherwise browsers hear of a module only when they have read the one that imports it. */
    @Test
    void namesEachModuleInThePageItself(TestServer server) {
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            page.locator("#key").waitFor();
            assertThat(page.evaluate("""
                            [...new Set(performance.getEntriesByType('resource').map(one => new URL(one.name).pathname))]
                              .filter(one => one.endsWith('.js') && !one.endsWith('/app.js')).sort().join()
                            """)).isEqualTo(page.evaluate("""
                            [...document.querySelectorAll('link[rel=modulepreload]')].map(one => one.getAttribute('href')).sort().join()
                            """));
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
            Browser.go(page, server, "settings/groups");
            page.getByText("1–50 of").waitFor();
            Browser.button(page, "Next").click();
            page.getByText("51–").waitFor();
            assertThat(page.locator("tbody tr").count()).isBetween(10, 15);
        }
    }
}
