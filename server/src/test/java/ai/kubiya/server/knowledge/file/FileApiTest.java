package ai.kubiya.server.knowledge.file;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import ai.kubiya.server.testing.UploadForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files become entries, and files that are made to do harm become answers that say what is wrong. */
@ServerTest
class FileApiTest {
    private static final String FILES = "/v1/knowledge/files";

    private static UploadForm form(String name, byte[] bytes) {
        return UploadForm.file(name, bytes);
    }

    private static Answer upload(ApiClient client, String name, byte[] bytes) {
        return client.send("POST", FILES, form(name, bytes));
    }

    @Test
    void takesMarkdownAsItIs(ApiClient client) {
        String text = "\uFEFF# Hello\n\nWörld\n";

        Answer answer = client.send(
                "POST",
                FILES,
                form("notes/hello.world.md", Documents.text(text))
                        .withField("labels", "one, two")
                        .withField("visibility", "private")
                        .withField("description", "A greeting"));

        assertThat(answer)
                .hasStatus(201)
                .hasHeader("Location", "/v1/knowledge/" + answer.id())
                .has("/title", "hello.world")
                .has("/content", text.substring(1))
                .has("/source", "upload")
                .has("/metadata/format", "markdown")
                .has("/properties/file_name", "hello.world.md")
                .has("/description", "A greeting")
                .has("/visibility", "private");
        assertThat(answer.json().path("labels")).hasSize(2);
        assertThat(client.get("/v1/knowledge/search?query=world").column("title"))
                .contains("hello.world");
    }

    @Test
    void readsHtml(ApiClient client) {
        byte[] page = Documents.text("""
                <html><head><title>No</title><script>evil()</script></head><body><nav>Menu</nav>
                <h1>Restart</h1><p>Drain the <b>queue</b>
                first.</p><ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>
                <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
                <pre>kubectl  get pods
                  -n web</pre><h2>Then</h2>The end.</body></html>
                """);

        assertThat(upload(client, "page.html", page))
                .hasStatus(201)
                .has("/content", """
                        # Restart

                        Drain the queue first.

                        - one
                        - two
                          - three

                        a | b
                        1 | 2

                        ```
                        kubectl  get pods
                          -n web
                        ```

                        ## Then

                        The end.""")
                .has("/metadata/format", "html");
    }

    @Test
    void readsPdfPageByPage(ApiClient client) throws IOException {
        byte[] pdf = Documents.pdf("The turbine is greased on Mondays.", "The boiler rests on Sundays.");

        assertThat(upload(client, "maintenance.PDF", pdf))
                .hasStatus(201)
                .has("/title", "maintenance")
                .has("/content", """
                ## Page 1

                The turbine is greased on Mondays.

                ## Page 2

                The boiler rests on Sundays.""");
        assertThat(client.get("/v1/knowledge/search?query=boiler"))
                .has("/data/0/title", "maintenance")
                .has("/data/0/metadata/format", "pdf");
    }

    @Test
    void readsWordDocuments(ApiClient client) throws IOException {
        assertThat(upload(client, "minutes.docx", Documents.docx("Decisions", "We ship on Friday.")))
                .hasStatus(201)
                .has("/content", "# Decisions\n\nWe ship on Friday.");
    }

    @Test
    void replacesAContentAndIndexesOnlyWhatChanged(TestServer server, ApiClient client) {
        String filler = "Sentences of some length fill the sections of this text. ".repeat(10);
        String before = "# One\n\n" + filler + "\n\n# Two\n\n" + filler;
        Answer entry = upload(client, "guide.md", Documents.text(before));
        String path = "/v1/knowledge/" + entry.id();
        String passages = "SELECT id FROM knowledge_chunk WHERE knowledge_id = '" + entry.id() + "' ORDER BY position";
        var first = server.stored(passages);

        Answer same = client.send("PUT", path + "/file", form("guide.md", Documents.text(before)));
        assertThat(same)
                .hasStatus(200)
                .has("/version", 1)
                .hasHeader("ETag", entry.header("ETag").orElseThrow());
        Answer changed = client.withHeader("If-Match", entry.header("ETag").orElseThrow())
                .send("PUT", path + "/file", form("guide.md", Documents.text(before.replace("# Two", "# Three"))));
        assertThat(changed).hasStatus(200).has("/version", 2);
        assertThat(client.withHeader("If-Match", entry.header("ETag").orElseThrow())
                        .send("PUT", path + "/file", form("guide.md", Documents.text("x"))))
                .hasStatus(412);

        assertThat(server.stored(passages)).hasSize(2).contains(first.get(0)).doesNotContain(first.get(1));
        assertThat(client.get(path + "/versions/2/diff")).has("/from", 1).mentions("# Three");
    }

    @Test
    void refusesWhatItCannotRead(ApiClient client) throws IOException {
        assertThat(upload(client, "photo.png", new byte[] {1}))
                .hasStatus(400)
                .hasFieldError("/file", "must be Markdown, text, HTML, PDF or DOCX");
        assertThat(upload(client, "x.pdf", Documents.text("this is no PDF")))
                .hasStatus(400)
                .hasFieldError("/file", "damaged");
        byte[] whole = Documents.pdf("words");
        assertThat(upload(client, "half.pdf", java.util.Arrays.copyOf(whole, whole.length / 2)))
                .hasStatus(400)
                .hasFieldError("/file", "cannot be read");
        assertThat(upload(client, "locked.pdf", Documents.lockedPdf("secret", "words")))
                .hasStatus(400)
                .hasFieldError("/file", "password");
        assertThat(upload(client, "scan.pdf", Documents.pdf(" ")))
                .hasStatus(400)
                .hasFieldError("/file", "no text in it");
        assertThat(upload(client, "x.docx", Documents.text("PK no")))
                .hasStatus(400)
                .hasFieldError("/file", "damaged");
        assertThat(upload(client, "latin.txt", new byte[] {'a', (byte) 0xe9, 'b'}))
                .hasStatus(400)
                .hasFieldError("/file", "UTF-8");
        assertThat(upload(client, "zero.txt", new byte[] {'a', 0, 'b'}))
                .hasStatus(400)
                .hasFieldError("/file", "bytes of 0");
        assertThat(upload(client, "empty.md", new byte[0])).hasStatus(400).hasFieldError("/file", "empty");
        assertThat(upload(client, "long.txt", "a".repeat(1_000_001).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasStatus(400)
                .hasFieldError("/file", "million characters");
        assertThat(client.get("/v1/knowledge")).has("/pagination/total", 0);
    }

    @Test
    void refusesWhatIsMadeToDoHarm(ApiClient client) throws IOException {
        byte[] zeros = new byte[80 << 20];
        byte[] bomb = Documents.docx("", "a", "b", zeros);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(upload(client, "bomb.docx", bomb)).hasStatus(400).hasFieldError("/file", "unpacks to far more");
        String entities = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        assertThat(upload(client, "laughs.docx", Documents.docx(entities, "&b;", "b", new byte[0])))
                .hasStatus(400)
                .hasFieldError("/file", "damaged");
        assertThat(upload(client, "deep.html", Documents.text("<div>".repeat(200_000) + "deep")))
                .hasStatusAmong(201, 400);
        assertThat(upload(client, "wide.html", Documents.text("word ".repeat(300_000))))
                .hasStatus(400)
                .hasFieldError("/file", "million characters");
        Path outside = Files.createTempFile("outside", ".txt");
        Files.writeString(outside, "forty-seven eleven");
        assertThat(upload(
                        client,
                        "link.docx",
                        Documents.zip(Map.of(
                                "word/document.xml",
                                Documents.text(
                                        "<!DOCTYPE d [<!ENTITY x SYSTEM \"" + outside.toUri() + "\">]><d>&x;</d>")))))
                .hasStatus(400)
                .doesNotMention("eleven");
        Files.delete(outside);
        assertThat(client.send("POST", FILES, form("big.txt", new byte[21 << 20])))
                .hasStatus(413);
    }

    @Test
    void refusesFormsThatAreWrong(ApiClient client) {
        assertThat(client.post(FILES, "{}")).hasStatus(415).saysWhy("multipart/form-data");
        assertThat(client.send("POST", FILES, new UploadForm().withField("title", "x")))
                .hasStatus(400)
                .hasFieldError("file", "required");
        assertThat(client.send("POST", FILES, form("a.md", Documents.text("x")).withField("colour", "red")))
                .hasStatus(400)
                .hasFieldError("/colour", "is not a field of this form");
        assertThat(client.send("POST", FILES, form("a.md", Documents.text("x")).withField("groups", "nobody")))
                .hasStatus(400)
                .hasFieldError("/groups/0", "there is no group");
        assertThat(client.send("PUT", "/v1/knowledge/none/file", form("a.md", Documents.text("x"))))
                .hasStatus(404);
    }
}
