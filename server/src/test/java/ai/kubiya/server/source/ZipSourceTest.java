package ai.kubiya.server.source;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import ai.kubiya.server.testing.UploadForm;
import ai.kubiya.server.testing.ZipFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads: archives that are good, broken, huge or hostile. */
@ServerTest
class ZipSourceTest {
    private static final String TOOL = """
            {"name": "%s", "description": "x", "type": "script", "content": "echo hi"}""";

    private static byte[] zipWith(String... tools) {
        ZipFixture zip = new ZipFixture();
        for (String tool : tools) {
            zip.with("tools/" + tool + ".json", TOOL.formatted(tool));
        }
        return zip.bytes();
    }

    private static Answer upload(ApiClient client, byte[] zip) {
        return client.send("PUT", "/v1/sources/zip", UploadForm.file("tools.zip", zip));
    }

    private static List<String> tools(Answer source) {
        return source.at("/tools")
                .valueStream()
                .map(tool -> tool.path("name").asText())
                .toList();
    }

    @BeforeEach
    @AfterEach
    void nothingIsLeftOfEarlierUploads(TestServer server) throws IOException {
        try (var left = Files.list(server.folder().resolve("data/workspace"))) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /v1/sources/zip, 201",
        "POST, /v1/sources/zip, 201",
        "PUT, /api/v1/sources/zip, 200",
        "POST, /api/v1/sources/zip, 200"
    })
    void makesASourceOfAnArchive(String method, String path, int status, ApiClient client) {
        UploadForm form = UploadForm.file("my-tools.zip", zipWith("one", "two"))
                .withField("runner", "auto")
                .withField("dynamic_config", "{\"a\": 1}");

        Answer created = client.send(method, path, form);

        assertThat(created)
                .hasStatus(status)
                .has("/type", "zip")
                .has("/name", "my-tools")
                .has("/url", "")
                .has("/status", "active")
                .has("/dynamic_config/a", 1)
                .has("/errors", List.of());
        assertThat(tools(created)).containsExactly("one", "two");
        assertThat(client.get("/v1/sources/" + created.id() + "/metadata")).has("", created.json());
    }

    @Test
    void looksWithoutKeepingAnything(ApiClient client) {
        for (String path : List.of("/v1/sources/zip/load", "/api/v1/sources/zip/load")) {
            for (String method : List.of("PUT", "POST")) {
                Answer loaded = client.send(method, path, UploadForm.file("x.zip", zipWith("one")));
                assertThat(loaded).hasStatus(200).has("/type", "zip");
                assertThat(tools(loaded)).containsExactly("one");
            }
        }
        assertThat(client.get("/v1/sources").rows()).isEmpty();
        assertThat(client.get("/v1/tools").rows()).isEmpty();
    }

    @Test
    void isReplacedByAnotherUpload(ApiClient client) {
        Answer created = client.send(
                "PUT",
                "/v1/sources/zip?name=from-query",
                UploadForm.file("x.zip", zipWith("kept", "removed")).withField("dynamic_config", "{\"a\": 1}"));
        assertThat(created).has("/name", "from-query");
        String kept = client.get("/v1/tools/kept").id();

        Answer synced = client.send(
                "PUT", "/v1/sources/zip/sync/" + created.id(), UploadForm.file("y.zip", zipWith("added", "kept")));

        assertThat(synced)
                .hasStatus(200)
                .has("/id", created.id())
                .has("/name", "from-query")
                .has("/dynamic_config/a", 1);
        assertThat(client.get("/v1/tools").column("name")).containsExactly("added", "kept");
        assertThat(client.get("/v1/tools/kept").id()).isEqualTo(kept);
    }

    @Test
    void keepsItsToolsWhenTheNextUploadIsBad(ApiClient client) {
        String source = upload(client, zipWith("one")).id();

        assertThat(client.send("PUT", "/v1/sources/zip/sync/" + source, UploadForm.file("x.zip", new byte[100])))
                .hasStatus(400);

        assertThat(client.get("/v1/sources/" + source)).has("/status", "failed").has("/connected_tools_count", 1);
        assertThat(client.get("/v1/tools").column("name")).containsExactly("one");
        assertThat(client.send("PUT", "/v1/sources/zip/sync/" + source, UploadForm.file("x.zip", zipWith("two"))))
                .hasStatus(200)
                .has("/status", "active");
    }

    @Test
    void canBeRenamedButNotFetched(ApiClient client) {
        String source = upload(client, zipWith("one")).id();

        assertThat(client.patch("/v1/sources/" + source, "{\"name\": \"renamed\"}"))
                .hasStatus(200)
                .has("/name", "renamed")
                .has("/connected_tools_count", 1);
        assertThat(client.post("/v1/sources/" + source + "/sync", ""))
                .hasStatus(409)
                .saysWhy("zip/sync/" + source);
        assertThat(client.patch("/v1/sources/" + source, "{\"url\": \"https://example.com/x\"}"))
                .hasStatus(400)
                .hasFieldError("/url", "stays one");
    }

    @Test
    void syncsNothingButZips(ApiClient client) {
        String inline = client.create("/v1/sources", "{\"inline_tools\": [%s]}".formatted(TOOL.formatted("one")));

        assertThat(client.send("PUT", "/v1/sources/zip/sync/" + inline, UploadForm.file("x.zip", zipWith("two"))))
                .hasStatus(409);
        assertThat(client.send("PUT", "/v1/sources/zip/sync/no-such", UploadForm.file("x.zip", zipWith("two"))))
                .hasStatus(404);
        assertThat(client.get("/v1/tools").column("name")).containsExactly("one");
    }

    /** An archive that must be refused, made when it is needed. */
    record Bad(String what, Supplier<byte[]> archive, String reason) {
        static List<Bad> all() {
            return List.of(
                    new Bad("empty file", () -> new byte[0], "not a readable zip"),
                    new Bad("not a zip", () -> "hello".getBytes(StandardCharsets.UTF_8), "not a readable zip"),
                    new Bad("cut off", () -> Arrays.copyOf(zipWith("one"), 60), "not a readable zip"),
                    new Bad("broken data", Bad::withBrokenData, "not a readable zip"),
                    new Bad(
                            "parent",
                            () -> new ZipFixture().with("../evil.json", "x").bytes(),
                            "leads outside"),
                    new Bad(
                            "deep parent",
                            () -> new ZipFixture()
                                    .with("a/../../evil.json", "x")
                                    .bytes(),
                            "leads outside"),
                    new Bad(
                            "backslash parent",
                            () -> new ZipFixture().with("a\\..\\..\\evil", "x").bytes(),
                            "leads outside"),
                    new Bad(
                            "absolute",
                            () -> new ZipFixture().with("/tmp/evil.json", "x").bytes(),
                            "leads outside"),
                    new Bad(
                            "drive",
                            () -> new ZipFixture().with("C:\\evil.json", "x").bytes(),
                            "leads outside"),
                    new Bad("just dots", () -> new ZipFixture().with("..", "x").bytes(), "leads outside"),
                    new Bad(
                            "file and folder",
                            () -> new ZipFixture()
                                    .with("a", "x")
                                    .with("a/b", "x")
                                    .bytes(),
                            "same name"),
                    new Bad(
                            "folder and file",
                            () -> new ZipFixture()
                                    .with("a/b", "x")
                                    .with("a", "x")
                                    .bytes(),
                            "archive"),
                    new Bad(
                            "the folder itself",
                            () -> new ZipFixture().with(".", "x").bytes(),
                            "archive"),
                    new Bad(
                            "long name",
                            () -> new ZipFixture().with("x".repeat(5000), "x").bytes(),
                            "archive"),
                    new Bad(
                            "long path",
                            () -> new ZipFixture()
                                    .with("x/".repeat(5000) + "y", "x")
                                    .bytes(),
                            "archive"),
                    new Bad(
                            "nul in name",
                            () -> new ZipFixture().with("a\0b", "x").bytes(),
                            "archive"),
                    new Bad(
                            "bomb",
                            () -> new ZipFixture()
                                    .withZeros("zeros", 257L << 20)
                                    .bytes(),
                            "unpacks to more than 256 MiB"),
                    new Bad("many small bombs", Bad::manyZeros, "unpacks to more than 256 MiB"),
                    new Bad("too many entries", Bad::manyEntries, "at most 20000"));
        }

        @Override
        public String toString() {
            return what;
        }

        private static byte[] withBrokenData() {
            byte[] zip =
                    new ZipFixture().with("a.json", "some text ".repeat(1000)).bytes();
            Arrays.fill(zip, 45, 60, (byte) 0xff);
            return zip;
        }

        private static byte[] manyZeros() {
            ZipFixture zip = new ZipFixture();
            for (int i = 0; i < 5; i++) {
                zip.withZeros("zeros-" + i, 60L << 20);
            }
            return zip.bytes();
        }

        private static byte[] manyEntries() {
            ZipFixture zip = new ZipFixture();
            for (int i = 0; i <= 20_000; i++) {
                zip.with("e" + i, "");
            }
            return zip.bytes();
        }
    }

    private static List<Bad> badArchives() {
        return Bad.all();
    }

    @ParameterizedTest
    @MethodSource("badArchives")
    void refusesArchivesThatAreBrokenOrHostile(Bad bad, ApiClient client) {
        assertThat(upload(client, bad.archive.get())).hasStatus(400).hasFieldError("file", bad.reason);
        assertThat(client.get("/v1/sources").rows()).isEmpty();
        assertThat(client.get("/v1/tools").rows()).isEmpty();
    }

    @Test
    void makesNoLinksOfEntriesThatSayTheyAre(ApiClient client) {
        Answer answer = upload(client, ZipFixture.withLink("tools.yaml", "/etc/passwd"));

        assertThat(answer).hasStatus(201).doesNotMention("root:");
        assertThat(tools(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools-Grüße.json", "ツール.json", "tööls/🚀.json", "with space.json", "quote\".json"})
    void readsFilesWhateverTheirName(String name, ApiClient client) {
        Answer created = upload(
                client, new ZipFixture().with(name, TOOL.formatted("one")).bytes());

        assertThat(created).hasStatus(201).has("/tools/0/file_name", name).has("/errors", List.of());
    }

    @Test
    void keepsTheGoodToolsBesideAFileThatIsBroken(ApiClient client) {
        Answer created = upload(
                client,
                new ZipFixture()
                        .with("good.json", TOOL.formatted("one"))
                        .with("bad.yaml", "tools: [")
                        .with("readme.md", "# hello")
                        .bytes());

        assertThat(created).hasStatus(201).has("/errors_count", 1).has("/errors/0/file", "bad.yaml");
        assertThat(tools(created)).containsExactly("one");
    }

    @Test
    void takesAnArchiveWithoutTools(ApiClient client) {
        assertThat(upload(client, new ZipFixture().with("readme.md", "hi").bytes()))
                .hasStatus(201)
                .has("/connected_tools_count", 0);
    }

    @Test
    void wantsAFormWithAFile(ApiClient client) {
        assertThat(client.send("PUT", "/v1/sources/zip", new UploadForm().withField("name", "x")))
                .hasStatus(400)
                .hasFieldError("file", "is required");
        assertThat(client.send("PUT", "/v1/sources/zip", "{\"file\": \"x\"}"))
                .hasStatus(415)
                .hasErrorCode("UNSUPPORTED_MEDIA_TYPE")
                .saysWhy("multipart/form-data", "curl");
        assertThat(client.withHeader("Content-Type", "application/zip").send("PUT", "/v1/sources/zip", zipWith("one")))
                .hasStatus(415);
        assertThat(client.withHeader("Content-Type", "multipart/form-data")
                        .send("PUT", "/v1/sources/zip", zipWith("one")))
                .hasStatus(415);
        for (String body : List.of("", "no boundary at all", "--b\r\n", "--b\r\nContent-Disposition: form-data\r\n")) {
            assertThat(client.withHeader("Content-Type", "multipart/form-data; boundary=b")
                            .send("PUT", "/v1/sources/zip", body.getBytes(StandardCharsets.UTF_8)))
                    .hasStatus(400)
                    .hasErrorCode("VALIDATION_FAILED");
        }
        assertThat(client.get("/v1/sources").rows()).isEmpty();
    }

    @Test
    void refusesFieldsThatAreWrong(ApiClient client) {
        byte[] zip = zipWith("one");
        assertThat(client.send(
                        "PUT", "/v1/sources/zip", UploadForm.file("x.zip", zip).withField("runner", "mars")))
                .hasStatus(400)
                .hasFieldError("/runner", "mars");
        for (String config : List.of("[1]", "\"text\"", "not json", "{\"a\": \"\\u0000\"}")) {
            assertThat(client.send(
                            "PUT",
                            "/v1/sources/zip",
                            UploadForm.file("x.zip", zip).withField("dynamic_config", config)))
                    .as(config)
                    .hasStatus(400)
                    .hasErrorCode("VALIDATION_FAILED");
        }
        assertThat(client.send("PUT", "/v1/sources/zip", UploadForm.file("a\0b.zip", zip)))
                .hasStatus(400);
        assertThat(client.send("PUT", "/v1/sources/zip", new UploadForm().withField("name", "x".repeat(2 << 20))))
                .hasStatus(400);
        assertThat(client.get("/v1/sources").rows()).isEmpty();
    }

    @Test
    void refusesAnUploadThatIsTooLarge(ApiClient client) {
        long size = 101L << 20;
        byte[] form = UploadForm.file("x.zip", new byte[0]).bytes();
        byte[] head = Arrays.copyOf(form, new String(form, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4);

        Answer answer = client.withHeader("Content-Type", UploadForm.CONTENT_TYPE)
                .send("PUT", "/v1/sources/zip", BodyPublishers.ofInputStream(() -> new HeadAndZeros(head, size)));

        assertThat(answer).hasStatus(413).hasErrorCode("PAYLOAD_TOO_LARGE").saysWhy("104857600");
        assertThat(client.get("/v1/sources").rows()).isEmpty();
    }

    /** A large body that nobody has to hold. */
    private static final class HeadAndZeros extends InputStream {
        private final byte[] head;
        private final long size;
        private long at;

        HeadAndZeros(byte[] head, long size) {
            this.head = head;
            this.size = size;
        }

        @Override
        public int read() {
            if (at >= size) {
                return -1;
            }
            return at < head.length ? head[(int) at++] & 0xff : next();
        }

        private int next() {
            at++;
            return 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at < head.length || at >= size) {
                int value = read();
                if (value < 0) {
                    return -1;
                }
                buffer[offset] = (byte) value;
                return 1;
            }
            int some = (int) Math.min(length, size - at);
            Arrays.fill(buffer, offset, offset + some, (byte) 0);
            at += some;
            return some;
        }
    }

    @Test
    void takesAnArchiveOfManyMegabytes(ApiClient client) {
        ByteArrayOutputStream noise = new ByteArrayOutputStream();
        new java.util.Random(1).ints(5 << 20, 0, 256).forEach(noise::write);
        Answer created = upload(
                client,
                new ZipFixture()
                        .with("tool.json", TOOL.formatted("one"))
                        .with("noise.bin", noise.toByteArray())
                        .bytes());

        assertThat(created).hasStatus(201);
        assertThat(tools(created)).containsExactly("one");
    }
}
