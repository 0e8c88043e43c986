package ai.kubiya.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ScriptedModelServer;
import ai.kubiya.server.testing.ScriptedReply;
import ai.kubiya.server.testing.TestServer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** From a repository of tools to a conversation, in the web app. */
class ChatScreensTest {

    @Test
    void addsARepositoryAndTalksToAnAgentThatUsesIt() {
        try (GitServer git = GitServer.start();
                ScriptedModelServer model = new ScriptedModelServer();
                TestServer server = TestServer.builder()
                        .withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true")
                        .withSetting("KUBIYA_LLM_PROVIDER", "openai")
                        .withSetting("KUBIYA_LLM_BASE_URL", model.url())
                        .withSetting("KUBIYA_LLM_API_KEY", "sk-scripted")
                        .withSetting("KUBIYA_LLM_MODELS", "scripted")
                        .start();
                Browser browser = new Browser()) {
            ApiClient client = server.newOrganization();
            GitRepository repository = repository(git);
            Page page = browser.open(server.url());
            Browser.signIn(page, client.key());

            Browser.go(page, server, "sources");
            page.getByText("No sources yet").waitFor();
            Browser.button(page, "Add source").first().click();
            page.getByLabel("Git url *").fill(repository.url());
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("cluster");
            Browser.inDialog(page, "Add").click();
            page.getByText("1 file was not understood").waitFor();
            page.getByText("broken.yaml").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("pods"))
                    .waitFor();

            repository.write("tools/broken.yaml", "tools: []\n").commit();
            Browser.button(page, "Sync").click();
            page.getByText("1 file was not understood")
                    .waitFor(new Locator.WaitForOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));

            client.create("/v1/agents", """
                    {"name": "operator", "sources": ["%s"], "requires_approval": {"tools": ["restart"]}}
                    """.formatted(
                            client.get("/v1/sources/cluster").id()));
            model.then(
                    ScriptedReply.calls(ScriptedReply.call("call-1", "pods", "{\"namespace\": \"shop\"}")),
                    ScriptedReply.calls(ScriptedReply.call("call-2", "restart", "{}")),
                    ScriptedReply.text("Restarted, and ", "**all is well**."));
            Browser.go(page, server, "agents/operator");
            page.getByLabel("Message").fill("How are the pods? Restart them.");
            page.keyboard().press("Enter");

            page.getByText("needs approval").waitFor();
            Browser.button(page, "Approve").click();
            page.locator(".said strong").getByText("all is well").waitFor();
            Locator call = page.locator("details.call").filter(new Locator.FilterOptions().setHasText("shop"));
            assertThat(call.getByText("completed").count()).isPositive();
            call.locator("summary").click();
            assertThat(call.locator(".output").innerText()).contains("payments in shop");

            Browser.tab(page, "Conversations");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("How are the pods?"))
                    .click();
            page.locator(".said strong").getByText("all is well").waitFor();
            assertThat(page.getByText("needs approval").count()).isLessThanOrEqualTo(1);
            Eventually.see(
                    () -> client.get("/v1/executions?kind=tool"),
                    answer -> answer.at("/data").size() == 2);
        }
    }

    private static GitRepository repository(GitServer git) {
        GitRepository repository = git.newRepository();
        repository.write("tools/cluster.yaml", """
                tools:
                  - name: pods
                    description: Lists pods.
                    type: script
                    content: echo "payments in $namespace"
                    args: [{name: namespace, type: string, description: Where, required: true}]
                  - {name: restart, description: Restarts them., type: script, content: echo restarted}
                """);
        repository.write("tools/broken.yaml", "tools: [");
        repository.commit();
        return repository;
    }
}
