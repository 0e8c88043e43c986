package ai.kubiya.server.knowledge.folder;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.knowledge.People;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Eventually;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Folders of Markdown in real git repositories. */
@ServerTest(settings = {"KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true"})
class FolderApiTest {
    private static final String FOLDERS = "/v1/knowledge/folders";

    private static String source(ApiClient client, GitRepository repository) {
        return client.create("/v1/sources", "{\"name\": \"handbook\", \"url\": \"%s\"}".formatted(repository.url()));
    }

    private static GitRepository handbook(GitServer git) {
        GitRepository repository = git.newRepository()
                .write(
                        "docs/restart.md",
                        "---\ntitle: Restarting payments\ntags: [runbook]\n---\nDrain the queue first.\n")
                .write("docs/deep/holidays.md", "# Holidays\n\nTwenty-five days each year.\n")
                .write("docs/.hidden/secret.md", "hidden")
                .write("docs/picture.svg", "<svg/>")
                .write("README.md", "# Read me\n");
        repository.commit();
        return repository;
    }

    private static Answer keep(ApiClient client, String more) {
        return client.post(FOLDERS, "{\"source\": \"handbook\", \"path\": \"/docs/\"" + more + "}");
    }

    private static List<String> titles(ApiClient client) {
        return client.get("/v1/knowledge?sort=title").column("title");
    }

    @Test
    void keepsEachFileAsAnEntry(ApiClient client, GitServer git) {
        GitRepository repository = handbook(git);
        String source = source(client, repository);

        Answer folder = keep(client, ", \"labels\": [\"handbook\"]");

        assertThat(folder)
                .hasStatus(201)
                .hasHeader("Location", FOLDERS + "/" + folder.id())
                .has("/source_id", source)
                .has("/path", "docs")
                .has("/status", "active")
                .has("/entries", 2)
                .has("/errors", List.of())
                .has("/last_sync/added", 2);
        assertThat(titles(client)).containsExactly("Holidays", "Restarting payments");
        assertThat(client.get("/v1/knowledge/Restarting%20payments"))
                .has("/content", "Drain the queue first.\n")
                .has("/source", "git")
                .has("/properties/path", "docs/restart.md")
                .has("/labels", List.of("handbook", "runbook"));
        assertThat(client.get("/v1/knowledge/search?query=queue&tag=handbook").column("title"))
                .containsExactly("Restarting payments");
        assertThat(client.get(FOLDERS).rows()).hasSize(1);
        assertThat(client.get(FOLDERS + "?limit=1&offset=1").rows()).isEmpty();
        assertThat(client.get(FOLDERS + "/" + folder.id())).has("", folder.json());
    }

    @Test
    void syncsOnlyWhatChanged(TestServer server, ApiClient client, GitServer git) {
        GitRepository repository = handbook(git);
        source(client, repository);
        String folder = FOLDERS + "/" + keep(client, "").id();
        String passages = "SELECT c.id FROM knowledge_chunk c JOIN knowledge k ON k.id = c.knowledge_id"
                + " WHERE k.name = 'Holidays' AND k.organization_id = (SELECT organization_id FROM knowledge WHERE id = '"
                + client.get("/v1/knowledge/Holidays").id() + "')";
        List<String> holidays = server.stored(passages);
        String versions = "/v1/knowledge/"
                + client.get("/v1/knowledge/Restarting%20payments").id() + "/versions";

        assertThat(client.post(folder + "/sync", ""))
                .hasStatus(200)
                .has("/last_sync/unchanged", 2)
                .has("/last_sync/changed", 0);
        repository
                .write("docs/restart.md", "---\ntitle: Restarting payments\n---\nDrain both queues first.\n")
                .write("docs/new.md", "# Something new\n");
        String commit = repository.commit();
        assertThat(client.post(folder + "/sync", ""))
                .has("/last_sync/added", 1)
                .has("/last_sync/changed", 1)
                .has("/last_sync/unchanged", 1)
                .has("/last_sync/removed", 0)
                .has("/commit", commit);
        assertThat(client.get(versions).rows()).hasSize(2);
        assertThat(server.stored(passages)).isEqualTo(holidays);
        repository.delete("docs/new.md").commit();
        assertThat(client.post(folder + "/sync", ""))
                .has("/last_sync/removed", 1)
                .has("/entries", 2);
        assertThat(titles(client)).containsExactly("Holidays", "Restarting payments");
    }

    /** What holds for everything that is documented, and cannot be held against folders without a repository. */
    @Test
    void keepsTheConventions(ApiClient client, GitServer git) {
        source(client, handbook(git));
        ApiClient once = client.withHeader("Idempotency-Key", "one");
        Answer folder = keep(once, ", \"status\": 7, \"entries\": 7, \"commit\": 7");
        String path = FOLDERS + "/" + folder.id();

        assertThat(folder).hasStatus(201).has("/uuid", folder.id()).has("/entries", 2);
        assertThat(keep(once, ", \"status\": 7, \"entries\": 7, \"commit\": 7"))
                .hasStatus(201)
                .hasHeader("Idempotency-Replayed", "true")
                .has("", folder.json());
        assertThat(keep(client, ", \"no_such_field\": 1"))
                .hasStatus(400)
                .hasFieldError("/no_such_field", "is not a field of");
        String tag = client.get(path).header("ETag").orElseThrow();
        assertThat(client.withHeader("If-None-Match", tag).get(path)).hasStatus(304);
        assertThat(client.withHeader("If-Match", "\"older\"").delete(path))
                .hasStatus(412)
                .saysWhy("\"older\"");
        assertThat(client.withHeader("If-Match", tag).delete(path))
                .hasStatus(200)
                .has("/result", "ok");
        assertThat(client.delete(path)).hasStatus(404);
    }

    @Test
    void followsItsSource(ApiClient client, GitServer git) {
        GitRepository repository = handbook(git);
        String source = source(client, repository);
        String folder = FOLDERS + "/" + keep(client, "").id();
        repository.write("docs/new.md", "# Something new\n").commit();

        assertThat(client.post("/v1/sources/" + source + "/sync", "{}")).hasStatus(200);

        Eventually.see(
                () -> client.get(folder),
                answer -> answer.json().path("entries").asInt() == 3);
        assertThat(titles(client)).contains("Something new");
    }

    @Test
    void notesWhatCannotBeRead(ApiClient client, GitServer git) throws IOException {
        GitRepository repository = handbook(git);
        Files.write(repository.folder().resolve("docs/latin.md"), new byte[] {'a', (byte) 0xe9});
        repository.write("docs/long.md", "a".repeat(1_000_001)).commit();
        source(client, repository);

        Answer folder = keep(client, "");

        assertThat(folder).hasStatus(201).has("/entries", 2).has("/status", "active");
        assertThat(folder.json().path("errors"))
                .extracting(error -> error.path("file").asText())
                .containsExactly("docs/latin.md", "docs/long.md");
        assertThat(folder).mentions("is no text in UTF-8").mentions("1000000");
    }

    @Test
    void saysWhyASyncFailed(ApiClient client, GitServer git) throws IOException {
        GitRepository repository = handbook(git);
        source(client, repository);
        String folder = FOLDERS + "/" + keep(client, "").id();

        repository.moveAway();
        assertThat(client.post(folder + "/sync", "")).hasStatusAmong(400, 404, 409, 422);
        assertThat(client.get(folder))
                .has("/status", "failed")
                .has("/entries", 2)
                .has("/last_sync/added", 2);
        repository.moveBack();
        assertThat(client.post(folder + "/sync", ""))
                .hasStatus(200)
                .has("/status", "active")
                .has("/errors", List.of());
    }

    @Test
    void isForThoseWhomItsEntriesAreFor(TestServer server, ApiClient admin, GitServer git) {
        source(admin, handbook(git));
        String group = People.group(admin, "authors");
        ApiClient author = server.colleague(
                admin, "author@example.com", List.of(group), Scope.KNOWLEDGE_WRITE, Scope.SOURCES_READ);
        ApiClient other = server.colleague(admin, "other@example.com", List.of(), Scope.KNOWLEDGE_WRITE);
        String folder =
                FOLDERS + "/" + keep(author, ", \"groups\": [\"authors\"]").id();

        assertThat(titles(author)).hasSize(2);
        assertThat(titles(other)).isEmpty();
        assertThat(other.get(FOLDERS).rows()).isEmpty();
        assertThat(other.get(folder)).hasStatus(404);
        assertThat(other.post(folder + "/sync", "")).hasStatus(404);
        assertThat(other.delete(folder)).hasStatus(404);
        assertThat(server.newOrganization().get(folder)).hasStatus(404);
        assertThat(admin.post(folder + "/sync", "")).hasStatus(200).has("/last_sync/unchanged", 2);
        assertThat(author.delete(folder)).hasStatus(200);
        assertThat(titles(admin)).isEmpty();
        assertThat(author.get(folder)).hasStatus(404);
    }

    @Test
    void leavesEntriesWhenTheirSourceGoes(ApiClient client, GitServer git) {
        String source = source(client, handbook(git));
        String folder = FOLDERS + "/" + keep(client, "").id();

        assertThat(client.delete("/v1/sources/" + source)).hasStatus(200);

        assertThat(client.get(folder)).hasStatus(404);
        assertThat(titles(client)).hasSize(2);
    }

    @Test
    void refusesWhatIsWrong(ApiClient client, GitServer git) {
        source(client, handbook(git));
        client.create("/v1/sources", """
                {"name": "inline", "inline_tools": [{"name": "t", "description": "x", "type": "script", "content": "echo"}]}
                """);

        assertThat(client.post(FOLDERS, "{}")).hasStatus(400).hasFieldError("/source", "required");
        assertThat(client.post(FOLDERS, "{\"source\": \"none\"}"))
                .hasStatus(400)
                .hasFieldError("/source", "there is no one source");
        assertThat(client.post(FOLDERS, "{\"source\": \"inline\"}"))
                .hasStatus(400)
                .hasFieldError("/source", "must be a git source");
        assertThat(client.post(FOLDERS, "{\"source\": \"handbook\", \"path\": \"docs/../..\", \"groups\": [\"none\"]}"))
                .hasStatus(400)
                .hasFieldError("/path", "must be a folder within the source")
                .hasFieldError("/groups/0", "there is no group");
        assertThat(client.post(FOLDERS, "{\"source\": \"handbook\", \"path\": \"nowhere\"}"))
                .hasStatus(400)
                .hasFieldError("/path", "there is no folder");
        assertThat(client.get(FOLDERS).rows()).isEmpty();
        keep(client, "");
        assertThat(keep(client, "")).hasStatus(409).saysWhy("kept already");
    }
}
