package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The playground in a real browser. */
@ServerTest
class PlaygroundTest {

    @Test
    void triesAnOperationAndKeepsTheKeyOutOfTheBrowser(TestServer server) {
        ApiClient client = server.newOrganization();
        client.create("/v1/agents", "{\"name\": \"helper\"}");
        List<String> received = new ArrayList<>();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url() + "/playground#listAgents");
            page.onResponse(response -> received.add(response.url() + response.allHeaders() + text(response)));
            page.locator("#key").fill(client.key());
            page.getByText("Use this key").click();
            page.getByText("authenticated").waitFor();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                    .click();
            page.getByText("Answer", new Page.GetByTextOptions().setExact(true)).waitFor();

            assertThat(page.locator("main").innerText()).contains("\"name\": \"helper\"");
            for (String language : List.of("JavaScript", "Python", "Java", "curl")) {
                page.getByRole(
                                AriaRole.TAB,
                                new Page.GetByRoleOptions().setName(language).setExact(true))
                        .click();
                assertThat(page.locator("main").innerText())
                        .contains("/v1/agents")
                        .contains("KUBIYA_API_KEY");
            }
            page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
            assertThat(received).isNotEmpty().allSatisfy(one -> assertThat(one).doesNotContain(client.key()));
            assertThat(page.content()).doesNotContain(client.key());
            assertThat(page.url()).doesNotContain(client.key());
            assertThat(page.evaluate("""
                    async () => JSON.stringify([localStorage, sessionStorage, document.cookie,
                      (await indexedDB.databases()), (await caches.keys()),
                      [...document.querySelectorAll('input')].map(one => one.value)])
                    """)).asString().doesNotContain(client.key());
            assertThat(Browser.barriers(page)).isEmpty();
        }
    }

    private static String text(Response response) {
        try {
            return response.text();
        } catch (RuntimeException e) {
            return "";
        }
    }

    @Test
    void offersEveryOperationOfTheDescription(TestServer server) {
        long operations = server.anonymous()
                .get("/openapi.json")
                .at("/paths")
                .valueStream()
                .mapToLong(path -> path.propertyStream()
                        .filter(method ->
                                List.of("get", "post", "put", "patch", "delete").contains(method.getKey()))
                        .count())
                .sum();
        try (Browser browser = new Browser()) {
            Page page = browser.open(server.url() + "/playground");
            page.locator(".ops details").first().waitFor();
            assertThat(page.locator(".ops button").count()).isEqualTo((int) operations);
        }
    }
}
