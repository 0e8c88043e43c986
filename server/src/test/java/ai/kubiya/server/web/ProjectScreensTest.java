package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.project.run.Runs;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Terraform in the web app, with the real terraform. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class ProjectScreensTest {
    private static final String CODE = """
            variable "size" {
              type    = string
              default = "small"
            }
            variable "password" {
              type      = string
              sensitive = true
            }
            resource "terraform_data" "network" { input = "10.0.0.0/16" }
            resource "terraform_data" "node" {
              count = 2
              input = { size = var.size, network = terraform_data.network.id, password = var.password }
            }
            output "network" { value = terraform_data.network.output }
            output "password" {
              value     = var.password
              sensitive = true
            }
            """;

    private static Locator status(Page page, String words) {
        return page.locator(".head .tag").getByText(words, new Locator.GetByTextOptions().setExact(true));
    }

    private static Locator change(Page page, String address) {
        return page.locator(".change summary").getByText(address, new Locator.GetByTextOptions().setExact(true));
    }

    @Test
    void plansAProjectOfARepositoryAndAppliesIt(TestServer server, ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().write("infra/main.tf", CODE);
        repository.commit();
        client.create("/v1/secrets", "{\"name\": \"database\", \"value\": \"hunter2-very\"}");
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "projects");
            page.getByText("No projects yet").waitFor();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New project"))
                    .first()
                    .click();
            page.getByLabel("Name *").fill("shop");
            page.getByLabel("Git url *").fill(repository.url());
            page.getByLabel("Folder").fill("infra");
            Browser.button(page, "Create").click();

            page.getByText("no value").waitFor();
            Browser.button(page, "Set password").click();
            page.getByLabel("Where its value comes from").selectOption("secret");
            page.locator("select[name=secret]").selectOption("database");
            Browser.inDialog(page, "Save").click();
            page.locator("td").getByText("database").waitFor();

            Browser.button(page, "Plan").click();
            status(page, "planned").waitFor();
            change(page, "terraform_data.node[1]").waitFor();
            assertThat(page.locator(".change").count()).isEqualTo(3);
            change(page, "terraform_data.node[1]").click();
            assertThat(page.locator(".change[open] .diff").innerText())
                    .contains("+ input", "(sensitive value)", "(known after apply)");
            page.locator("svg.graph .node.create").nth(1).waitFor();
            assertThat(page.locator("svg.graph path").count()).isEqualTo(1);
            assertThat(page.content()).doesNotContain("hunter2");

            Browser.button(page, "Approve and apply").click();
            status(page, "applied").waitFor();
            assertThat(page.locator(".facts").innerText()).contains("Approved by", "someone@");
            page.locator("summary").getByText("Log").click();
            page.getByText("Apply complete! Resources: 3 added").waitFor();

            page.getByText("← shop").click();
            Browser.tab(page, "Outputs");
            page.getByText("10.0.0.0/16").waitFor();
            assertThat(page.locator("main").innerText()).contains("sensitive").doesNotContain("hunter2");
            Browser.button(page, "Reveal").click();
            Browser.inDialog(page, "Reveal").click();
            page.getByText("hunter2-very").waitFor();
            Browser.tab(page, "Resources");
            page.locator("svg.graph path").nth(1).waitFor();
        }
    }

    @Test
    void showsWhatChangesAndAsksBeforeItDestroys(TestServer server, ApiClient client) {
        Runs runs = Runs.of(client, "p", CODE, "[{\"name\": \"password\", \"value\": \"hunter2-very\"}]");
        runs.apply();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "projects/" + runs.project() + "/variables");
            Browser.button(page, "Set size").click();
            page.getByLabel("Where its value comes from").selectOption("value");
            page.locator("input[name=value]").fill("large");
            Browser.inDialog(page, "Save").click();
            page.locator("td").getByText("large").waitFor();
            assertThat(client.get(runs.path() + "/variables")
                            .at("/data/1/value")
                            .asText())
                    .isEqualTo("********");

            Browser.button(page, "Plan").click();
            status(page, "planned").waitFor();
            change(page, "terraform_data.node[0]").click();
            assertThat(page.locator(".change[open] .diff").innerText())
                    .contains("~ input.size = \"small\" → \"large\"")
                    .doesNotContain("hunter2");
            Browser.button(page, "Reject").click();
            status(page, "rejected").waitFor();

            page.getByText("← p").click();
            Browser.button(page, "Destroy").click();
            Browser.inDialog(page, "Destroy").click();
            status(page, "awaiting approval").waitFor();
            Browser.button(page, "Approve and apply").click();
            assertThat(page.getByRole(AriaRole.DIALOG).innerText()).contains("Destroy 3 resources?");
            Browser.inDialog(page, "Approve and apply").click();
            status(page, "applied").waitFor();
            assertThat(runs.resources()).isEmpty();
        }
    }

    @Test
    void keepsStatesAndTakesALockAway(TestServer server, ApiClient client) throws IOException {
        Runs runs = Runs.of(client, "p", "resource \"terraform_data\" \"one\" { input = 1 }");
        runs.apply();
        client.put(
                runs.path(),
                "{\"files\": {\"main.tf\": \"resource \\\"terraform_data\\\" \\\"one\\\" { input = 2 }\"}}");
        runs.apply();
        client.post(runs.path() + "/state/lock", """
                {"ID": "of-ada", "Operation": "OperationTypeApply", "Who": "ada@laptop", "Version": "1.11.4"}
                """);
        int newest = client.get(runs.path() + "/state").at("/current/version").asInt();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "projects/" + runs.project() + "/state");
            page.getByText("ada@laptop").first().waitFor();
            Browser.button(page, "Force unlock").click();
            Browser.inDialog(page, "Force unlock").click();
            page.getByText("nobody holds it").waitFor();

            Browser.button(page, "Restore").last().click();
            Browser.inDialog(page, "Restore").click();
            page.getByText("as version 1").waitFor();
            assertThat(client.get(runs.path() + "/state").at("/current/version").asInt())
                    .isEqualTo(newest + 1);

            Browser.button(page, "Download").last().click();
            Download download = page.waitForDownload(
                    () -> Browser.inDialog(page, "Download").click());
            assertThat(Files.readString(download.path())).contains("\"lineage\"");

            Browser.tab(page, "Settings");
            Browser.button(page, "Delete the project").click();
            page.getByRole(AriaRole.DIALOG).getByLabel("Its name").fill("p");
            Browser.inDialog(page, "Delete for good").click();
            page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ALERT).waitFor();
            page.getByLabel("Leave the resources in its state where they are").check();
            Browser.inDialog(page, "Delete for good").click();
            page.getByText("No projects yet").waitFor();
        }
    }

    @Test
    void makesAProjectOfATemplate(TestServer server, ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository()
                .write("bucket/main.tf", """
                        variable "name" { type = string }
                        variable "days" {
                          type    = number
                          default = 30
                        }
                        resource "terraform_data" "bucket" { input = "${var.name}-${var.days}" }
                        """)
                .write("bucket/README.md", "# Bucket\n\nKeeps files for some days.\n");
        repository.commit();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "projects/new");
            Browser.tab(page, "From a template");
            page.getByLabel("Git url of a repository of templates").fill(repository.url());
            Browser.button(page, "Look").click();
            page.getByText("Keeps files for some days.").click();
            page.locator("input[name=name]").fill("logs");
            page.locator("input[name='var name']").fill("logs-of-shop");
            Browser.button(page, "Create").click();
            page.locator("h1").getByText("logs").waitFor();
        }
        assertThat(client.get("/v1/projects/logs").at("/path").asText()).isEqualTo("bucket");
        assertThat(client.get("/v1/projects/logs/variables").column("value"))
                .isEqualTo(List.of("logs-of-shop", "null"));
    }
}
