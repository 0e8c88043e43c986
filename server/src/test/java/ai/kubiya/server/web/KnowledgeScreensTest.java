package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Knowledge in the web app. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class KnowledgeScreensTest {

    @Test
    void writesFindsChangesAndRestoresAnEntry(TestServer server, ApiClient client) {
        client.create("/v1/groups", "{\"name\": \"sre\"}");
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "knowledge");
            page.getByText("No knowledge yet").waitFor();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New entry"))
                    .first()
                    .click();
            page.getByLabel("Title *").fill("Restarting payments");
            page.getByLabel("Labels").fill("runbook");
            page.getByLabel("Content, in Markdown")
                    .fill(
                            "# Restarting\n\nDrain the **queue** first. [x](javascript:alert(1)) <form action=/x></form>");
            Browser.tab(page, "Preview");
            page.locator(".markdown strong").getByText("queue").waitFor();
            Browser.button(page, "Create").click();
            page.locator("article .markdown").getByText("Drain the").waitFor();
            assertThat(page.locator("article a").getAttribute("href")).isNull();
            assertThat(page.locator("article form").count()).isZero();
            String entry = page.url().substring(page.url().indexOf("#/") + 2);

            Browser.tab(page, "Edit");
            page.getByLabel("Content, in Markdown").fill("# Restarting\n\nDrain both queues first.");
            Browser.button(page, "Save").click();
            page.locator("article").getByText("Drain both queues first.").waitFor();
            Browser.tab(page, "History");
            page.locator(".diff .add").getByText("+Drain both queues first.").waitFor();
            Browser.button(page, "Restore").click();
            Browser.inDialog(page, "Restore").click();
            page.locator("article").getByText("Drain the").waitFor();

            Browser.tab(page, "Audience");
            page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Only members of these groups"))
                    .getByLabel("sre")
                    .check();
            Browser.button(page, "Save").click();
            Eventually.see(
                    () -> client.get("/v1/" + entry),
                    answer -> answer.at("/groups").size() == 1);
            assertThat(client.get("/v1/" + entry).at("/version").asInt()).isEqualTo(3);

            Browser.go(page, server, "knowledge");
            page.getByLabel("Search the knowledge").fill("queue");
            page.locator(".found mark").getByText("queue").waitFor();
            assertThat(page.locator(".score").innerText()).contains("%");
        }
    }

    @Test
    void refusesAChangeOfWhatSomebodyElseHasChanged(TestServer server, ApiClient client) {
        String id = client.create("/v1/knowledge", "{\"title\": \"Names\", \"content\": \"first\"}");
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "knowledge/" + id + "/edit");
            page.getByLabel("Content, in Markdown").fill("mine");
            client.put("/v1/knowledge/" + id, "{\"content\": \"theirs\"}");
            Browser.button(page, "Save").click();
            page.getByRole(AriaRole.ALERT).waitFor();
            assertThat(page.getByLabel("Content, in Markdown").inputValue()).isEqualTo("mine");
            assertThat(client.get("/v1/knowledge/" + id).text("/content")).isEqualTo("theirs");
        }
    }

    @Test
    void takesAFileAndKeepsAFolder(TestServer server, ApiClient client, GitServer git) throws IOException {
        GitRepository repository =
                git.newRepository().write("docs/incidents.md", "# Incidents\n\nSay it, then look.\n");
        Files.write(repository.folder().resolve("docs/broken.md"), new byte[] {(byte) 0xff, (byte) 0xfe});
        repository.commit();
        client.create("/v1/sources", "{\"name\": \"handbook\", \"url\": \"%s\"}".formatted(repository.url()));
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());
            Browser.go(page, server, "knowledge");
            Browser.button(page, "Upload").click();
            page.getByLabel("File *")
                    .setInputFiles(new FilePayload(
                            "calling.md",
                            "text/markdown",
                            "# Calling\n\nDay and night.".getBytes(StandardCharsets.UTF_8)));
            Browser.inDialog(page, "Upload").click();
            page.locator("article").getByText("Day and night.").waitFor();

            Browser.go(page, server, "knowledge/folders");
            Browser.button(page, "Keep a folder").first().click();
            page.locator("dialog input[name=path]").fill("docs");
            Browser.inDialog(page, "Keep").click();
            page.getByText("1 file not read").click();
            page.getByText("docs/broken.md").waitFor();

            repository.write("docs/reviews.md", "# Reviews\n");
            repository.commit();
            Browser.button(page, "Sync").click();
            Eventually.see(
                    () -> client.get("/v1/knowledge"),
                    answer -> answer.column("title").contains("Reviews"));
            Browser.go(page, server, "knowledge");
            page.getByText("Reviews").waitFor();
        }
    }
}
