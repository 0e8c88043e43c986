package ai.kubiya.server.agent;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents as existing clients know them. */
@ServerTest
class AgentCompatApiTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/agents", "/api/v2/agents"})
    void createsReadsChangesAndDeletes(String path, ApiClient client) {
        Answer created = client.post(path, """
                {"name": "deployer", "some_new_field": {"a": 1}}
                """);
        assertThat(created).hasStatus(200).hasNoHeader("Location");
        String one = path + "/" + created.id();

        assertThat(client.get(one)).hasStatus(200).has("", created.json());
        assertThat(client.put(one, "{\"description\": \"d\", \"unknown\": true}"))
                .hasStatus(200)
                .has("/name", "deployer")
                .has("/description", "d");
        assertThat(client.patch(one, "{\"description\": null}")).hasStatus(200).has("/description", "");
        assertThat(client.withHeader("force", "true").delete(one))
                .hasStatus(200)
                .has("/result", "ok");
        assertThat(client.delete(one)).hasStatus(404);
    }

    @Test
    void listsABareArrayOfAllRows(ApiClient client) {
        assertThat(client.get("/api/v1/agents"))
                .hasStatus(200)
                .has("", List.of())
                .hasHeader("X-Total-Count", "0")
                .hasNoHeader("Link");
        for (int i = 0; i < 60; i++) {
            client.create("/v1/agents", "{\"name\": \"agent-%02d\"}".formatted(i));
        }

        Answer all = client.get("/api/v1/agents?mode=all");
        assertThat(all).hasHeader("X-Total-Count", "60").hasNoHeader("Link");
        assertThat(all.rows()).hasSize(60);
        assertThat(client.get("/v1/agents").rows()).hasSize(50);
    }

    @Test
    void saysWhereTheOtherPagesAre(ApiClient client) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(client.create("/v1/agents", "{\"name\": \"x\"}"));
        }

        Answer middle = client.get("/api/v2/agents?limit=2&page=2&name=x");
        assertThat(middle)
                .hasHeader("X-Total-Count", "5")
                .hasHeader(
                        "Link",
                        "</api/v2/agents?limit=2&offset=0&name=x>; rel=\"first\", "
                                + "</api/v2/agents?limit=2&offset=0&name=x>; rel=\"prev\", "
                                + "</api/v2/agents?limit=2&offset=4&name=x>; rel=\"next\", "
                                + "</api/v2/agents?limit=2&offset=4&name=x>; rel=\"last\"");
        assertThat(middle.column("id")).isEqualTo(ids.subList(2, 4));

        Answer last = client.get("/api/v2/agents?limit=2&offset=4");
        assertThat(last.header("Link").orElseThrow()).doesNotContain("next").contains("prev");
        assertThat(last.column("id")).isEqualTo(ids.subList(4, 5));

        Answer beyond = client.get("/api/v2/agents?limit=2&offset=50");
        assertThat(beyond).hasHeader("X-Total-Count", "5").has("", List.of());
    }

    @Test
    void followsItsOwnLinksToTheEnd(ApiClient client) {
        for (int i = 0; i < 7; i++) {
            client.create("/v1/agents", "{\"name\": \"agent & %d\"}".formatted(i));
        }

        List<String> seen = new ArrayList<>();
        String path = "/api/v1/agents?limit=3";
        while (!path.isEmpty()) {
            Answer page = client.get(path);
            seen.addAll(page.column("name"));
            path = page.header("Link").orElseThrow().transform(AgentCompatApiTest::next);
        }

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    private static String next(String link) {
        for (String part : link.split(", ")) {
            if (part.endsWith("rel=\"next\"")) {
                return part.substring(1, part.indexOf('>'));
            }
        }
        return "";
    }

    @Test
    void showsTheSameAgentsOnEverySurface(ApiClient client) {
        String id = client.post("/api/v1/agents", "{\"name\": \"deployer\"}").id();

        Answer first = client.get("/v1/agents/deployer");
        for (String path : List.of("/v1/teammates/", "/api/v1/agents/", "/api/v2/agents/")) {
            assertThat(client.get(path + id)).has("", first.json());
        }
        assertThat(client.get("/api/v2/agents?name=deployer").column("id")).containsExactly(id);
        assertThat(client.get("/api/v2/agents?name=other").rows()).isEmpty();
    }
}
