package ai.kubiya.server.knowledge.search;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches by words alone, which is what a server without the model has. */
@ServerTest(settings = "KUBIYA_KNOWLEDGE_EMBEDDINGS=false")
class KnowledgeSearchTest {
    private static void entry(ApiClient client, String title, String content, String... tags) {
        client.create("/v1/knowledge", """
                {"title": "%s", "content": "%s", "tags": [%s]}
                """.formatted(
                        title, content, tags.length == 0 ? "" : "\"" + String.join("\", \"", tags) + "\""));
    }

    private static List<String> titles(Answer answer) {
        return answer.column("title");
    }

    private static Answer search(ApiClient client, String query) {
        Answer answer = client.get("/v1/knowledge/search?query=" + ApiClient.encode(query));
        assertThat(answer).hasStatus(200);
        return answer;
    }

    @Test
    void findsByWordsInAnyFormTheBestFirst(ApiClient client) {
        entry(client, "Holidays", "Everybody has days off. Ask your lead before restarting anything.");
        entry(client, "Restarting payments", "Drain the queue first, then restart the deployment.");
        entry(client, "Menu", "Soup.");

        Answer found = search(client, "how are payments restarted?");

        assertThat(titles(found)).containsExactly("Restarting payments", "Holidays");
        assertThat(found)
                .has("/pagination/total", 2)
                .has("/data/0/passage/text", "Drain the queue first, then restart the deployment.")
                .has("/data/0/passage/start", 0)
                .has("/data/0/passage/html", "Drain the queue first, then <mark>restart</mark> the deployment.")
                .has("/data/0/passage/highlights/0/start", 28)
                .has("/data/0/passage/highlights/0/end", 35);
        assertThat(found.at("/data/0/relevance_score").asDouble()).isBetween(0.9, 1.0);
        assertThat(found.at("/data/1/relevance_score").asDouble()).isBetween(0.05, 0.9);
    }

    @Test
    void forgivesMistakes(ApiClient client) {
        entry(client, "Kubernetes", "Upgrading the kubernetes cluster.");
        entry(client, "Other", "Nothing of the kind.");

        assertThat(titles(search(client, "kuberntes"))).containsExactly("Kubernetes");
        assertThat(search(client, "kubernetis clutser")
                        .at("/data/0/passage/html")
                        .asText())
                .contains("<mark>kubernetes</mark> <mark>cluster</mark>");
        assertThat(titles(search(client, "zzzzqqqq"))).isEmpty();
    }

    @Test
    void findsPartsOfNamesInCode(ApiClient client) {
        entry(client, "Java", "Use java.util.concurrent.ConcurrentHashMap and its computeIfAbsent.");
        entry(client, "Shell", "Run /usr/local/bin/rotate-keys.sh --all");

        for (String query : List.of("ConcurrentHashMap", "java.util.concurrent", "compute absent", "computeIfAbsent")) {
            assertThat(titles(search(client, query))).as(query).startsWith("Java");
        }
        for (String query : List.of("rotate-keys.sh", "rotate keys", "/usr/local/bin/rotate-keys.sh")) {
            assertThat(titles(search(client, query))).as(query).startsWith("Shell");
        }
    }

    @Test
    void findsInTitlesDescriptionsAndTags(ApiClient client) {
        client.create("/v1/knowledge", """
                {"title": "Zebra", "content": "x", "description": "giraffe", "tags": ["okapi"]}
                """);

        for (String query : List.of("zebra", "giraffes", "okapi")) {
            assertThat(titles(search(client, query))).as(query).containsExactly("Zebra");
        }
    }

    @Test
    void showsThePassageThatFits(ApiClient client) {
        String filler = "Nothing of interest is said in this sentence. ".repeat(12);
        entry(
                client,
                "Manual",
                "# Begin\\n\\n" + filler + "\\n\\n## Backups\\n\\nBackups are made nightly. " + filler
                        + "\\n\\n# End\\n\\n" + filler);

        JsonNode passage = search(client, "nightly backups").at("/data/0/passage");

        assertThat(passage.path("heading").asText()).isEqualTo("Begin > Backups");
        assertThat(passage.path("position").asInt()).isEqualTo(1);
        assertThat(passage.path("text").asText()).contains("made nightly");
        String content = client.get("/v1/knowledge/Manual").text("/content");
        assertThat(content.substring(
                        passage.path("start").asInt(), passage.path("end").asInt()))
                .isEqualTo(passage.path("text").asText());
    }

    @Test
    void escapesWhatItHighlights(ApiClient client) {
        entry(client, "Html", "<script>alert('payments')</script> & more");

        assertThat(search(client, "payments"))
                .has(
                        "/data/0/passage/html",
                        "&lt;script&gt;alert(&#39;<mark>payments</mark>&#39;)&lt;/script&gt; &amp; more");
    }

    @Test
    void followsChanges(ApiClient client) {
        entry(client, "Note", "The first wording speaks of walruses.");
        assertThat(titles(search(client, "walruses"))).containsExactly("Note");

        client.put("/v1/knowledge/Note", "{\"content\": \"The second wording speaks of penguins.\"}");

        assertThat(titles(search(client, "walruses"))).isEmpty();
        assertThat(titles(search(client, "penguins"))).containsExactly("Note");
        client.delete("/v1/knowledge/Note");
        assertThat(titles(search(client, "penguins"))).isEmpty();
    }

    @Test
    void narrowsByTagTypeAndVisibility(ApiClient client) {
        entry(client, "a", "about ships", "sea", "boat");
        entry(client, "b", "about ships", "sea");
        client.create("/v1/knowledge", """
                {"title": "c", "content": "about ships", "type": "faq", "visibility": "private"}
                """);

        assertThat(titles(client.get("/v1/knowledge/search?query=ships&tag=boat")))
                .containsExactly("a");
        assertThat(titles(client.get("/v1/knowledge/search?q=ships&tags=sea"))).containsExactlyInAnyOrder("a", "b");
        assertThat(titles(client.get("/v1/knowledge/search?query=ships&type=faq")))
                .containsExactly("c");
        assertThat(titles(client.get("/v1/knowledge/search?query=ships&visibility=private")))
                .containsExactly("c");
        assertThat(titles(client.get("/v1/knowledge/search?query=ships&sort=created_at")))
                .containsExactly("c", "b", "a");
    }

    @Test
    void pagesWithoutGapsOrRepetitions(ApiClient client) {
        for (int i = 0; i < 25; i++) {
            entry(client, "ship " + i, "about ships" + " and boats".repeat(i % 3));
        }
        List<String> paged = new ArrayList<>();
        for (int offset = 0; offset < 25; offset += 7) {
            Answer page = client.get("/v1/knowledge/search?query=ships+boats&limit=7&offset=" + offset);
            assertThat(page).has("/pagination/total", 25);
            paged.addAll(page.column("title"));
        }

        assertThat(paged).hasSize(25);
        assertThat(new LinkedHashSet<>(paged)).hasSize(25);
        assertThat(paged)
                .containsExactlyElementsOf(titles(client.get("/v1/knowledge/search?query=ships+boats&limit=100")));
        List<Double> scores = client.get("/v1/knowledge/search?query=ships+boats&limit=100").rows().stream()
                .map(row -> row.path("relevance_score").asDouble())
                .toList();
        assertThat(scores).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(titles(client.get("/v1/knowledge/search?query=ships&offset=100")))
                .isEmpty();
    }

    @Test
    void answersAnythingThatIsAsked(ApiClient client) {
        entry(client, "Note", "It's C:\\\\temp and 'quotes' & | ! () <-> :*");
        for (String query : List.of(
                "'",
                "\\",
                "a & b",
                "!",
                "(((",
                "foo:*",
                "<->",
                "the",
                "?!",
                "%",
                "' OR 1=1 --",
                "🚀",
                "C:\\temp",
                "it's",
                "x".repeat(2000),
                "$1",
                ":word")) {
            assertThat(client.get("/v1/knowledge/search?query=" + ApiClient.encode(query)))
                    .hasStatus(200);
        }
        assertThat(titles(search(client, "quotes"))).containsExactly("Note");
        assertThat(titles(search(client, "C:\\temp"))).containsExactly("Note");
    }

    @Test
    void saysWhatIsWrongWithAQuestion(ApiClient client) {
        assertThat(client.get("/v1/knowledge/search")).hasStatus(400).hasFieldError("query", "is required");
        assertThat(client.get("/v1/knowledge/search?query=%20")).hasStatus(400).hasFieldError("query", "required");
        assertThat(client.get("/v1/knowledge/search?query=" + "x".repeat(2001))).hasStatus(400);
        assertThat(client.get("/v1/knowledge/search?query=x&sort=size"))
                .hasStatus(400)
                .hasFieldError("sort", "");
        assertThat(client.get("/v1/knowledge/search?query=x")).hasStatus(200).has("/data", List.of());
    }

    @Test
    void servesExistingClients(ApiClient client) {
        entry(client, "a", "about ships");
        entry(client, "b", "about ships");

        assertThat(client.get("/api/v1/knowledge/search?query=ships&limit=1&page=2"))
                .has("/total", 2)
                .has("/page", 2)
                .has("/limit", 1)
                .has("/results/0/name", "b");
        assertThat(client.get("/api/v1/knowledge?query=ships").column("name")).containsExactly("a", "b");
    }
}
