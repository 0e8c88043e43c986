package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.ScriptedReceiver;
import ai.kubiya.server.testing.ScriptedReceiver.Reply;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Webhooks, runners, tasks, schedules, secrets, policies, users and groups in the web app. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class OperationScreensTest {

    @Test
    void tellsAReceiverAndShowsWhatItAnswered(TestServer server) {
        ApiClient client = server.newOrganization();
        try (ScriptedReceiver receiver = ScriptedReceiver.start();
                Browser browser = new Browser()) {
            receiver.then(Reply.status(503));
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "webhooks");
            page.getByText("No webhooks yet").waitFor();
            Browser.button(page, "Send events").first().click();
            page.getByLabel("Url *").fill(receiver.url());
            page.getByLabel("Description").fill("the pager");
            Browser.inDialog(page, "Create").click();
            String secret = page.locator("dialog pre").innerText().strip();
            assertThat(secret).startsWith("whsec_");
            Browser.button(page, "Done").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("the pager"))
                    .click();

            Browser.button(page, "Send test").click();
            page.locator("tbody summary").getByText("it answered 503").waitFor();
            Browser.button(page, "Redeliver").click();
            page.locator("tbody").getByText("delivered").waitFor();
            assertThat(receiver.await(2).getFirst().headers()).containsKey("webhook-signature");
            page.getByText("request and answer").click();
            assertThat(page.locator("tbody pre").first().innerText()).contains("webhook.test");
            assertThat(page.content()).doesNotContain(secret);
        }
    }

    @Test
    void startsAnAgentByAnEventAndShowsWhatCame(TestServer server) {
        ApiClient client = server.newOrganization();
        client.create("/v1/agents", "{\"name\": \"helper\"}");
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "webhooks");
            Browser.button(page, "Receive events").first().click();
            page.getByLabel("Name *").fill("alerts");
            page.getByLabel("Who sends *").fill("alertmanager");
            page.getByLabel("Agent *").selectOption("helper");
            page.getByLabel("Only events like").fill("event.severity == 'high'");
            Browser.inDialog(page, "Create").click();
            String address = page.locator("dialog pre").innerText().strip();
            Browser.button(page, "Done").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("alerts"))
                    .click();
            page.getByText("No events yet").waitFor();
            String path = address.substring(address.indexOf('/', "https://".length()));
            assertThat(server.anonymous().post(path, "{\"severity\": \"low\"}").status())
                    .isEqualTo(202);
            page.reload();
            page.getByText("from the sender").click();
            assertThat(page.locator("tbody pre").innerText()).contains("\"severity\": \"low\"");
        }
    }

    @Test
    void saysHowToInstallARunnerAndShowsItsTokenOnce(TestServer server) {
        ApiClient client = server.newOrganization();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "runners");
            Browser.button(page, "New runner").first().click();
            page.getByLabel("Name *").fill("eu-west");
            Browser.inDialog(page, "Create").click();
            String command = page.locator("dialog pre").innerText();
            assertThat(command).contains("runner --url " + server.url());
            String token = command.substring(command.indexOf("--token ") + "--token ".length())
                    .strip();
            Browser.button(page, "Done").click();
            assertThat(page.content()).doesNotContain(token);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("eu-west"))
                    .click();
            page.getByText("It was never heard of.").waitFor();

            Browser.button(page, "Delete").click();
            Browser.inDialog(page, "Delete").click();
            Eventually.see(() -> client.get("/v1/runners/eu-west"), answer -> answer.status() == 404);
        }
    }

    @Test
    void startsATaskAndPausesASchedule(TestServer server) {
        ApiClient client = server.newOrganization();
        WebAppTest.countingTool(client);
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "tasks");
            Browser.button(page, "New task").first().click();
            page.getByLabel("Name *", new Page.GetByLabelOptions().setExact(true))
                    .fill("count once");
            page.getByLabel("Name of the tool *").fill("count");
            page.getByLabel("Parameters").fill("{\"to\": 2}");
            Browser.inDialog(page, "Start").click();
            page.locator(".output").getByText("line 2").waitFor();
            page.getByText("completed").first().waitFor();

            Browser.go(page, server, "schedules");
            Browser.button(page, "New schedule").first().click();
            page.getByLabel("Name *", new Page.GetByLabelOptions().setExact(true))
                    .fill("count nightly");
            page.getByLabel("When *").fill("0 25 * * *");
            page.getByLabel("Name of the tool *").fill("count");
            page.getByLabel("Parameters").fill("{\"to\": 2}");
            Browser.inDialog(page, "Create").click();
            page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ALERT).waitFor();
            page.getByLabel("When *").fill("0 3 * * *");
            Browser.inDialog(page, "Create").click();
            Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("count nightly"));
            row.getByText("Pause").click();
            row.getByText("Resume").waitFor();
            assertThat(client.get("/v1/schedules").at("/data/0/status").asText())
                    .isEqualTo("paused");
        }
    }

    @Test
    void keepsASecretAndShowsItsNameOnly(TestServer server) {
        ApiClient client = server.newOrganization();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "settings/secrets");
            Browser.button(page, "New secret").first().click();
            page.getByLabel("Name *").fill("DEPLOY_TOKEN");
            page.getByLabel("Value *").fill("s3cr3t-of-ours");
            Browser.inDialog(page, "Create").click();
            page.locator("tbody").getByText("DEPLOY_TOKEN").waitFor();
            assertThat(page.content()).doesNotContain("s3cr3t-of-ours");
            assertThat(client.get("/v1/secrets/DEPLOY_TOKEN/value").text("/value"))
                    .isEqualTo("s3cr3t-of-ours");

            Browser.go(page, server, "settings/audit");
            page.locator("tbody").getByText("DEPLOY_TOKEN").first().waitFor();
            assertThat(page.content()).doesNotContain("s3cr3t-of-ours");
        }
    }

    @Test
    void makesAPolicyThatRefusesARun(TestServer server) {
        ApiClient client = server.newOrganization();
        WebAppTest.countingTool(client);
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "policies");
            Browser.button(page, "New policy").first().click();
            page.getByLabel("Name *").fill("small-numbers");
            page.getByLabel("Must be true *").fill("int(tool.args.to) <");
            page.getByLabel("What is said when it is not").fill("Count less.");
            Browser.inDialog(page, "Create").click();
            page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ALERT).waitFor();
            page.getByLabel("Must be true *").fill("int(tool.args.to) < 5");
            Browser.inDialog(page, "Create").click();
            page.locator("tbody").getByText("small-numbers").waitFor();

            Browser.go(page, server, "tools/count");
            page.getByLabel("to").fill("7");
            Browser.button(page, "Run").click();
            page.getByText("Count less.").waitFor();
            page.getByLabel("to").fill("2");
            Browser.button(page, "Run").click();
            page.locator(".output").getByText("line 2").waitFor();
        }
    }

    @Test
    void makesAUserAndAGroupOfThem(TestServer server) {
        ApiClient client = server.newOrganization();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "settings/users");
            Browser.button(page, "New user").first().click();
            page.getByLabel("E-mail address *").fill("ada@example.com");
            Browser.inDialog(page, "Create").click();
            page.locator("tbody").getByText("ada@example.com").first().waitFor();

            Browser.go(page, server, "settings/groups");
            Browser.button(page, "New group").first().click();
            page.getByLabel("Name *").fill("sre");
            Browser.inDialog(page, "Create").click();
            page.locator("tr", new Page.LocatorOptions().setHasText("sre"))
                    .getByText("Members")
                    .click();
            page.getByRole(AriaRole.DIALOG).getByLabel("E-mail address *").fill("ada@example.com");
            Browser.inDialog(page, "Add").click();
            page.getByRole(AriaRole.DIALOG)
                    .locator("tbody")
                    .getByText("ada@example.com")
                    .first()
                    .waitFor();
            assertThat(client.get("/v1/groups/sre/members").column("email")).containsExactly("ada@example.com");
        }
    }
}
