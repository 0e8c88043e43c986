package ai.kubiya.server.knowledge.search;

import static ai.kubiya.server.knowledge.search.MeaningSearchTest.entry;
import static ai.kubiya.server.knowledge.search.MeaningSearchTest.handbook;
import static ai.kubiya.server.knowledge.search.MeaningSearchTest.search;
import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.knowledge.People;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Searches by meaning where the database's server has pgvector, which is asked where memory has no room. */
class PgvectorTest {
    private static final String QUESTION = "the website is down, what now";
    private static final String INDEX = "SELECT count(*) = 1 FROM pg_index"
            + " WHERE indexrelid = to_regclass('knowledge_vector_nearest') AND indisvalid";

    private static final String USED =
            "SELECT idx_scan > 0 FROM pg_stat_user_indexes WHERE indexrelname = 'knowledge_vector_nearest'";

    /** With its index made. */
    private static TestServer server() throws InterruptedException {
        TestServer server = TestServer.builder()
                .withPgvector()
                .withSetting("KUBIYA_KNOWLEDGE_MEMORY_MB", "0")
                .start();
        Embedded.await(server, INDEX);
        return server;
    }

    private static void execute(TestServer server, String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static void hidden(ApiClient admin, int many) {
        IntStream.range(0, many).forEach(i -> admin.create("/v1/knowledge", """
                {"title": "Hidden %d", "content": "the website is down, case %d", "visibility": "private"}
                """.formatted(i, i)));
    }

    @Test
    void findsWhatSharesNoWordAndWhatChanged() throws Exception {
        try (TestServer server = server()) {
            ApiClient client = server.client();
            handbook(client);
            Embedded.await(server);

            assertThat(search(client, QUESTION)).startsWith("Outages");
            assertThat(search(client, "vacation")).startsWith("Holidays");

            client.delete("/v1/knowledge/Outages");
            client.put(
                    "/v1/knowledge/Expenses",
                    "{\"content\": \"When the site does not load, call the operator at once.\"}");
            Embedded.await(server);
            assertThat(search(client, QUESTION)).startsWith("Expenses").doesNotContain("Outages");
        }
    }

    /** Seven texts many times with a mark of their own: each is nearest to the question it belongs to. */
    @Test
    void ranksAsTheComparisonOfAllDoes() throws Exception {
        try (TestServer server = server();
                TestServer inMemory = TestServer.builder()
                        .withSetting("KUBIYA_KNOWLEDGE_MEMORY_MB", "16")
                        .startBeside(server)) {
            ApiClient client = server.client();
            handbook(client);
            IntStream.range(0, 150)
                    .forEach(i -> entry(
                            client, "Filler " + i, "Number " + i + " of the texts about " + "abcdefg".charAt(i % 7)));
            Embedded.await(server);

            for (String question : List.of(QUESTION, "vacation", "which text is the hundredth")) {
                String byMeaning = "/v1/knowledge/search?by=meaning&limit=100&query=" + ApiClient.encode(question);
                assertThat(client.get(byMeaning).column("id"))
                        .hasSizeGreaterThan(0)
                        .isEqualTo(inMemory.clientAt(inMemory.port())
                                .get(byMeaning)
                                .column("id"));
            }
        }
    }

    /** More than are asked for at once, so that the index has to look on, or to leave it to the condition. */
    @Test
    void findsWhatOneMayReadAmongMuchThatOneMayNot() throws Exception {
        try (TestServer server = server()) {
            ApiClient admin = server.client();
            ApiClient ada = People.colleague(server, admin);
            hidden(admin, 30);
            handbook(admin);
            Embedded.await(server);
            Embedded.copy(server, "%case%", 100);
            execute(server, "ANALYZE");

            assertThat(search(ada, QUESTION)).startsWith("Outages").noneMatch(title -> title.startsWith("Hidden"));
            assertThat(search(ada, "vacation")).startsWith("Holidays");
            assertThat(search(admin, QUESTION).getFirst()).startsWith("Hidden");
            assertThat(ada.get("/v1/knowledge/search?query=website").body()).doesNotContain("case");
            Embedded.await(server, USED);
        }
    }

    @Test
    void indexesWhatWasThereBefore() throws Exception {
        makesItAnewAfter("DROP EXTENSION vector CASCADE");
    }

    @Test
    void completesWhatAServerDidNotLiveToComplete() throws Exception {
        makesItAnewAfter(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'knowledge_vector_nearest'::regclass");
    }

    private static void makesItAnewAfter(String statement) throws Exception {
        try (TestServer server = server()) {
            handbook(server.client());
            Embedded.await(server);
            server.stop();
            execute(server, statement);
            server.restart();
            Embedded.await(server, INDEX);

            assertThat(search(server.client(), "vacation")).startsWith("Holidays");
        }
    }

    @Test
    void goesOnWhenTheExtensionIsTakenAway() throws Exception {
        try (TestServer server = server()) {
            handbook(server.client());
            Embedded.await(server);
            assertThat(search(server.client(), "vacation")).startsWith("Holidays");

            execute(server, "DROP EXTENSION vector CASCADE");

            assertThat(search(server.client(), "incident")).containsExactly("Outages");
            String id = entry(server.client(), "Later", "An incident of another kind.");
            Embedded.await(server);
            assertThat(search(server.client(), "incident")).containsExactlyInAnyOrder("Outages", "Later");
            assertThat(server.client().delete("/v1/knowledge/" + id)).hasStatus(200);
        }
    }

    @Test
    void doesWithoutWhereItMayNotMakeTheIndex() throws Exception {
        try (TestServer server = server()) {
            handbook(server.client());
            Embedded.await(server);
            execute(
                    server,
                    "DROP EXTENSION vector CASCADE",
                    "CREATE ROLE guest LOGIN",
                    "GRANT ALL ON ALL TABLES IN SCHEMA public TO guest",
                    "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO guest");
            server.stop();
            server.set("KUBIYA_DATABASE_URL", server.databaseUrl().replace("postgres@", "guest@"));
            server.restart();

            assertThat(search(server.client(), "incident")).containsExactly("Outages");
            assertThat(server.stored(INDEX)).containsExactly("f");
        }
    }
}
