package ai.kubiya.server.source;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sources whose tools stand in the request. */
@ServerTest
class InlineSourceTest {
    private static String tool(String name) {
        return """
                {"name": "%s", "description": "Says hi", "type": "script", "content": "echo hi"}""".formatted(name);
    }

    @Test
    void keepsToolsAndWorkflows(ApiClient client) {
        Answer created = client.post("/v1/sources", """
                {"name": "mine", "runner": "auto", "inline_tools": [%s, %s],
                 "inline_workflows": [{"name": "w", "steps": []}], "dynamic_config": {"a": [1]}}
                """.formatted(tool("one"), tool("two")));

        assertThat(created)
                .hasStatus(201)
                .has("/type", "inline")
                .has("/url", "")
                .has("/runner", "auto")
                .has("/connected_tools_count", 2)
                .has("/connected_workflows_count", 1)
                .has("/inline_tools/0/name", "one")
                .has("/tools/1/name", "two");
        assertThat(client.post("/api/v1/sources", "{\"inline_tools\": [%s]}".formatted(tool("three"))))
                .hasStatus(200)
                .has("/name", "inline");
    }

    @Test
    void namesEverythingThatIsWrongWithTheTools(ApiClient client) {
        Answer answer = client.post("/v1/sources", """
                {"name": "mine", "runner": "mars", "inline_tools": [
                  %s, {"description": "no name", "type": "script", "content": "x"},
                  {"name": "bad type", "description": "x", "type": "cobol", "content": "x"}, %s]}
                """.formatted(tool("twice"), tool("twice")));

        assertThat(answer)
                .hasStatus(400)
                .hasFieldError("/runner", "there is no runner \"mars\"")
                .hasFieldError("/inline_tools/1/name", "")
                .hasFieldError("/inline_tools/2/type", "cobol")
                .hasFieldError("/inline_tools/3/name", "twice");
        assertThat(client.post("/v1/sources", "{\"name\": \"mine\", \"inline_tools\": [\"text\"]}"))
                .hasStatus(400)
                .hasFieldError("/inline_tools/0", "must be an object, got a string");
        assertThat(client.get("/v1/sources").rows()).isEmpty();
        assertThat(client.get("/v1/tools").rows()).isEmpty();
    }

    @Test
    void wantsAUrlOrTools(ApiClient client) {
        for (String body : List.of("{}", "{\"name\": \"x\"}", "{\"inline_tools\": []}", "{\"url\": \"  \"}")) {
            assertThat(client.post("/v1/sources", body)).hasStatus(400).hasFieldError("/url", "inline_tools");
        }
        assertThat(client.post("/v1/sources", """
                {"url": "https://example.com/x", "inline_tools": [%s]}
                """.formatted(tool("one"))))
                .hasStatus(400)
                .hasFieldError("/inline_tools", "together with url");
    }

    @Test
    void replacesItsToolsAndKeepsTheIdsOfThoseThatStay(ApiClient client) {
        String source = client.create("/v1/sources", """
                {"name": "mine", "inline_tools": [%s, %s]}
                """.formatted(tool("one"), tool("two")));
        String two = client.get("/v1/tools/two").id();

        assertThat(client.put("/v1/sources/" + source, """
                {"inline_tools": [%s, %s]}
                """.formatted(tool("two"), tool("three"))))
                .hasStatus(200)
                .has("/name", "mine")
                .has("/connected_tools_count", 2);

        assertThat(client.get("/v1/tools").column("name")).containsExactly("three", "two");
        assertThat(client.get("/v1/tools/two").id()).isEqualTo(two);
    }

    @Test
    void staysWhatItWasWhenAnUpdateIsRefused(ApiClient client) {
        Answer created =
                client.post("/v1/sources", "{\"name\": \"mine\", \"inline_tools\": [%s]}".formatted(tool("a")));
        String one = "/v1/sources/" + created.id();

        assertThat(client.put(one, "{\"inline_tools\": [{\"name\": \"x\"}]}")).hasStatus(400);
        assertThat(client.put(one, "{\"url\": \"https://example.com/x\", \"inline_tools\": []}"))
                .hasStatus(400)
                .hasFieldError("/url", "stays one");
        assertThat(client.put(one, "{\"colour\": 1}")).hasStatus(400).hasFieldError("/colour", "is not a field");
        assertThat(client.get(one + "/metadata")).has("", created.json());
    }

    @Test
    void takesBackWhatItGave(ApiClient client) {
        Answer created =
                client.post("/v1/sources", "{\"name\": \"mine\", \"inline_tools\": [%s]}".formatted(tool("a")));

        assertThat(client.put("/v1/sources/" + created.id(), created.body()))
                .hasStatus(200)
                .has("/name", "mine");
        assertThat(client.post("/v1/sources", created.body())).hasStatus(201);
    }

    @Test
    void cannotBeMistakenForTheHomeOfToolsMadeThroughTheApi(ApiClient client) {
        for (int i = 0; i < 2; i++) {
            client.create("/v1/sources", """
                    {"name": "pretender", "metadata": {"home": true}, "inline_tools": [%s]}
                    """.formatted(tool("tool" + i)));
        }

        assertThat(client.post("/v1/tools", tool("mine"))).hasStatus(201);
        assertThat(client.post("/v1/tools", tool("mine too"))).hasStatus(201);
        assertThat(client.get("/v1/tools/mine").text("/source/id"))
                .isEqualTo(client.get("/v1/tools/mine%20too").text("/source/id"));
    }

    @Test
    void syncsWithoutAnythingToFetch(ApiClient client) {
        String source =
                client.create("/v1/sources", "{\"name\": \"mine\", \"inline_tools\": [%s]}".formatted(tool("a")));

        assertThat(client.post("/v1/sources/" + source + "/sync", ""))
                .hasStatus(200)
                .has("/connected_tools_count", 1);
    }

    @Test
    void followsItsToolsWhenTheyAreChangedOneByOne(ApiClient client) {
        String source = client.create("/v1/sources", """
                {"name": "mine", "inline_tools": [%s, %s]}
                """.formatted(tool("a"), tool("b")));

        assertThat(client.patch("/v1/tools/a", "{\"content\": \"echo changed\"}"))
                .hasStatus(200);
        assertThat(client.delete("/v1/tools/b")).hasStatus(200);
        assertThat(client.get("/v1/sources/" + source)).has("/inline_tools/0/content", "echo changed");
        assertThat(client.delete("/v1/tools/a")).hasStatus(200);

        assertThat(client.get("/v1/sources/" + source))
                .has("/inline_tools", List.of())
                .has("/status", "active");
        assertThat(client.post("/v1/sources/" + source + "/sync", ""))
                .hasStatus(200)
                .has("/connected_tools_count", 0);
        assertThat(client.patch("/v1/sources/" + source, "{\"name\": \"renamed\"}"))
                .hasStatus(200)
                .has("/name", "renamed");
    }
}
