package ai.kubiya.server.knowledge;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may read what. */
@ServerTest
class KnowledgeAccessTest {
    private static String entry(ApiClient client, String title, String more) {
        return client.create(
                "/v1/knowledge", "{\"title\": \"%s\", \"content\": \"about %s\"%s}".formatted(title, title, more));
    }

    private static void isHidden(ApiClient from, String id) {
        for (String base : List.of("/v1/knowledge/", "/api/v1/knowledge/")) {
            String path = base + id;
            assertThat(from.get(path)).hasStatus(404);
            assertThat(from.put(path, "{\"content\": \"mine\"}")).hasStatus(404);
            assertThat(from.patch(path, "{\"visibility\": \"public\"}")).hasStatus(404);
            assertThat(from.delete(path)).hasStatus(404);
            assertThat(from.get(path + "/versions")).hasStatus(404);
            assertThat(from.get(path + "/versions/1")).hasStatus(404);
            assertThat(from.get(path + "/versions/1/diff")).hasStatus(404);
            assertThat(from.post(path + "/versions/1/restore", "")).hasStatus(404);
        }
        assertThat(from.get("/v1/knowledge?limit=500").column("id")).doesNotContain(id);
        assertThat(from.get("/api/v1/knowledge").column("uuid")).doesNotContain(id);
    }

    @Test
    void whatIsPrivateIsItsOwnersAndAdministrators(TestServer server, ApiClient admin) {
        ApiClient ada = People.colleague(server, admin);
        ApiClient grace = People.colleague(server, admin);
        String id = entry(ada, "diary", ", \"visibility\": \"private\"");

        isHidden(grace, id);
        assertThat(grace.get("/v1/knowledge/diary")).hasStatus(404);
        assertThat(ada.get("/v1/knowledge/" + id)).hasStatus(200).has("/content", "about diary");
        assertThat(admin.get("/v1/knowledge/" + id)).hasStatus(200);
        assertThat(grace.get("/v1/knowledge")).has("/pagination/total", 0);
    }

    @Test
    void whatIsForAGroupIsForItsMembersNow(TestServer server, ApiClient admin) {
        String sre = People.group(admin, "sre");
        ApiClient member = People.colleague(server, admin, "sre");
        ApiClient other = People.colleague(server, admin);
        String id = entry(admin, "pager", ", \"groups\": [\"sre\"]");

        assertThat(member.get("/v1/knowledge/" + id)).hasStatus(200).has("/groups", List.of(sre));
        isHidden(other, id);
        assertThat(admin.delete("/v1/groups/sre/members/" + People.id(member))).hasStatus(200);
        isHidden(member, id);
        assertThat(admin.put("/v1/groups/sre/members/" + People.id(other), "{}"))
                .hasStatus(200);
        assertThat(other.get("/v1/knowledge/" + id)).hasStatus(200);
    }

    @Test
    void whatIsForAGroupThatIsGoneIsForNobodyElse(TestServer server, ApiClient admin) {
        String group = People.group(admin, "gone");
        ApiClient other = People.colleague(server, admin);
        String id = entry(admin, "ruins", ", \"groups\": [\"gone\"]");
        assertThat(admin.delete("/v1/groups/gone")).hasStatus(200);

        isHidden(other, id);
        assertThat(admin.put("/v1/knowledge/" + id, "{\"content\": \"still\", \"groups\": [\"" + group + "\"]}"))
                .hasStatus(200)
                .has("/groups", List.of(group));
    }

    @Test
    void ownersSeeWhatIsForAGroupTheyAreNotIn(TestServer server, ApiClient admin) {
        People.group(admin, "sre");
        ApiClient ada = People.colleague(server, admin);
        String id = entry(ada, "handed over", ", \"groups\": [\"sre\"]");

        assertThat(ada.get("/v1/knowledge/" + id)).hasStatus(200);
    }

    @Test
    void anEntryIsGivenAwayByItsOwnerAlone(TestServer server, ApiClient admin) {
        ApiClient ada = People.colleague(server, admin);
        ApiClient grace = People.colleague(server, admin);
        String id = entry(ada, "notes", "");

        assertThat(grace.put("/v1/knowledge/" + id, "{\"owner\": \"" + People.id(grace) + "\"}"))
                .hasStatus(400)
                .hasFieldError("/owner", "by the owner and by administrators");
        assertThat(grace.put("/v1/knowledge/" + id, "{\"content\": \"better\", \"owner\": \"" + People.id(ada) + "\"}"))
                .hasStatus(200);
        Answer given = ada.put(
                "/v1/knowledge/" + id, "{\"visibility\": \"private\", \"owner\": \"" + People.id(grace) + "\"}");
        assertThat(given).hasStatus(200).has("/owner", People.id(grace));
        isHidden(ada, id);
        assertThat(admin.put("/v1/knowledge/" + id, "{\"owner\": \"" + People.id(ada) + "\"}"))
                .hasStatus(200);
        assertThat(ada.get("/v1/knowledge/" + id)).hasStatus(200);
    }

    @Test
    void whatIsPublicIsNotForGroups(ApiClient admin) {
        People.group(admin, "sre");

        assertThat(admin.post(
                        "/v1/knowledge",
                        "{\"title\": \"t\", \"content\": \"c\", \"visibility\": \"public\", \"groups\": [\"sre\"]}"))
                .hasStatus(400)
                .hasFieldError("/visibility", "where groups are named");
    }

    /** Names resolve among what one may read, so that a hidden entry of the same name is neither found nor noticed. */
    @Test
    void hiddenEntriesTakeNoNames(TestServer server, ApiClient admin) {
        ApiClient ada = People.colleague(server, admin);
        ApiClient grace = People.colleague(server, admin);
        entry(ada, "notes", ", \"visibility\": \"private\"");
        String own = entry(grace, "notes", "");

        assertThat(grace.get("/v1/knowledge/notes")).hasStatus(200).has("/id", own);
    }
}
