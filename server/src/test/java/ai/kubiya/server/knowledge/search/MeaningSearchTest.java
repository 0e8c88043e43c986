package ai.kubiya.server.knowledge.search;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.knowledge.People;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Searches by meaning as well, with the model that is part of the server. */
@ServerTest
class MeaningSearchTest {
    private static final String QUESTION = "the website is down, what now";

    static void handbook(ApiClient client) {
        entry(client, "Outages", "When customers cannot reach us: page the engineer on call and open an incident.");
        entry(client, "Holidays", "Everybody has twenty-five days off each year, to be agreed with the lead.");
        entry(client, "Expenses", "Send receipts for travel and meals within a month.");
    }

    static String entry(ApiClient client, String title, String content) {
        return client.create("/v1/knowledge", "{\"title\": \"%s\", \"content\": \"%s\"}".formatted(title, content));
    }

    static List<String> search(ApiClient client, String question) {
        return client.get("/v1/knowledge/search?query=" + ApiClient.encode(question))
                .column("title");
    }

    @Test
    void findsWhatSharesNoWord(TestServer server, ApiClient client) throws Exception {
        handbook(client);
        assertThat(search(client, "vacation")).doesNotContain("Outages");
        Embedded.await(server);

        assertThat(search(client, QUESTION)).startsWith("Outages");
        assertThat(search(client, "vacation")).startsWith("Holidays");
        assertThat(search(client, "reimbursement of hotel costs")).startsWith("Expenses");
    }

    @Test
    void findsByWordsBeforeTheVectorsAreThere() throws Exception {
        try (TestServer server = TestServer.builder()
                .withSetting("KUBIYA_KNOWLEDGE_EMBEDDINGS", "false")
                .start()) {
            handbook(server.client());

            assertThat(search(server.client(), "incident")).containsExactly("Outages");
            assertThat(search(server.client(), "vacation")).isEmpty();
            server.set("KUBIYA_KNOWLEDGE_EMBEDDINGS", "true");
            server.restart();
            Embedded.await(server);
            assertThat(search(server.client(), "incident")).startsWith("Outages");
            assertThat(search(server.client(), "vacation")).startsWith("Holidays");
        }
    }

    @Test
    void keepsTheVectorsOfWhatStaysAsItIs(TestServer server, ApiClient client) throws Exception {
        String filler = "Sentences of some length fill the sections of this text. ".repeat(10);
        String id = entry(
                client, "Long", "# One\\n\\n" + filler + "\\n\\n# Two\\n\\n" + filler + "\\n\\n# Three\\n\\n" + filler);
        Embedded.await(server);
        String vectors = "SELECT chunk_id FROM knowledge_vector WHERE knowledge_id = '" + id + "' ORDER BY 1";
        List<String> before = server.stored(vectors);

        client.put(
                "/v1/knowledge/" + id,
                "{\"content\": \"# One\\n\\n" + filler + "\\n\\n# New\\n\\nIn between. " + filler + "\\n\\n# Two\\n\\n"
                        + filler + "\\n\\n# Three\\n\\n" + filler + "\"}");
        Embedded.await(server);

        assertThat(before).hasSize(3);
        assertThat(server.stored(vectors)).hasSize(4).containsAll(before);
    }

    @Test
    void forgetsWhatWentAndFindsWhatCame(TestServer server, ApiClient client) throws Exception {
        handbook(client);
        Embedded.await(server);
        assertThat(search(client, QUESTION)).startsWith("Outages");

        client.delete("/v1/knowledge/Outages");
        client.put(
                "/v1/knowledge/Expenses", "{\"content\": \"When the site does not load, call the operator at once.\"}");
        Embedded.await(server);

        assertThat(search(client, QUESTION)).startsWith("Expenses").doesNotContain("Outages");
    }

    @Test
    void findsWhatOneMayReadAmongMuchThatOneMayNot(TestServer server, ApiClient admin) throws Exception {
        ApiClient ada = People.colleague(server, admin);
        IntStream.range(0, 30).forEach(i -> admin.create("/v1/knowledge", """
                {"title": "Hidden %d", "content": "the website is down, case %d", "visibility": "private"}
                """.formatted(i, i)));
        handbook(admin);
        Embedded.await(server);

        assertThat(search(ada, QUESTION)).startsWith("Outages").noneMatch(title -> title.startsWith("Hidden"));
        assertThat(search(admin, QUESTION).getFirst()).startsWith("Hidden");
        assertThat(ada.get("/v1/knowledge/search?query=website").body()).doesNotContain("case");
    }

    @Test
    void isTheSameOnEachServerOfADatabase() throws Exception {
        try (TestServer one = TestServer.builder().start();
                TestServer other = one.replica()) {
            ApiClient here = one.client();
            ApiClient there = other.withKey(one.firstKey());
            handbook(here);
            Embedded.await(one);
            assertThat(search(here, QUESTION)).startsWith("Outages");
            assertThat(search(there, QUESTION)).startsWith("Outages");

            there.delete("/v1/knowledge/Outages");
            entry(there, "Downtime", "If our site does not load for visitors, call the operator.");
            Embedded.await(one);

            assertThat(search(here, QUESTION)).startsWith("Downtime").doesNotContain("Outages");
            assertThat(search(there, QUESTION)).isEqualTo(search(here, QUESTION));
        }
    }

    @Test
    void readsAllAnewWhenItMissedWhatWent() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            handbook(server.client());
            Embedded.await(server);
            assertThat(search(server.client(), QUESTION)).startsWith("Outages");
            server.client().delete("/v1/knowledge/Outages");
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE knowledge_index SET pruned = revision");
                statement.execute("DELETE FROM knowledge_gone");
            }

            assertThat(search(server.client(), QUESTION)).doesNotContain("Outages");
            assertThat(search(server.client(), "vacation")).startsWith("Holidays");
        }
    }

    /** One megabyte holds the vectors of 2595 passages. */
    @Test
    void ranksWhatWasFoundByWordsWhenThereAreTooManyVectors() throws Exception {
        try (TestServer server = TestServer.builder()
                .withSetting("KUBIYA_KNOWLEDGE_MEMORY_MB", "1")
                .start()) {
            handbook(server.client());
            entry(server.client(), "Website", "The colours of the website were chosen by a committee.");
            Embedded.await(server);
            Embedded.copy(server, "Everybody%", 2700);

            assertThat(search(server.client(), "website committee")).containsExactly("Website");
            assertThat(search(server.client(), "incident")).containsExactly("Outages");
        }
    }

    @Test
    void doesWithoutTrigramsWhereTheDatabaseHasNone() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP EXTENSION pg_trgm CASCADE");
            }
            handbook(server.client());

            assertThat(search(server.client(), "incident")).startsWith("Outages");
            assertThat(server.client().get("/v1/knowledge/search?query=inncident"))
                    .hasStatus(200);
        }
    }

    @Test
    void goesOnWithHalfMadeVectorsAfterAStop() throws Exception {
        try (TestServer server = TestServer.builder().start()) {
            StringBuilder content = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                content.append("# Part ").append(i).append("\\n\\n").append("About number " + i + ". ".repeat(90));
            }
            entry(server.client(), "Long", content.toString());
            handbook(server.client());
            Embedded.await(server, "SELECT count(*) > 0 FROM knowledge_vector");
            server.restart();
            Embedded.await(server);

            assertThat(server.stored("SELECT count(*) = 0 FROM knowledge_chunk c WHERE NOT EXISTS"
                            + " (SELECT FROM knowledge_vector v WHERE v.chunk_id = c.id)"))
                    .containsExactly("t");
            assertThat(search(server.client(), QUESTION)).startsWith("Outages");
        }
    }
}
