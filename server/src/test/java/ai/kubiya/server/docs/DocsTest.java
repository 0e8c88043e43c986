package ai.kubiya.server.docs;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation as the server shows it and as a git host does. */
@ServerTest
class DocsTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern HREF = Pattern.compile("<(?:a|link|script|img)\\b[^>]*?(?:href|src)=\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^]]*]\\(([^) ]+)\\)");

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** All pages that can be reached from the first, by their path. */
    private static Map<String, String> pages(ApiClient reader) {
        Map<String, String> pages = new HashMap<>();
        Deque<String> ahead = new ArrayDeque<>(List.of("/docs"));
        while (!ahead.isEmpty()) {
            String path = ahead.pop();
            if (pages.containsKey(path)) {
                continue;
            }
            Answer answer = reader.get(path);
            assertThat(answer).as(path).hasStatus(200);
            pages.put(path, answer.body());
            for (String target : found(HREF, answer.body())) {
                String there = target.replaceFirst("#.*", "");
                if (there.startsWith("/docs")) {
                    ahead.push(there);
                }
            }
        }
        return pages;
    }

    @Test
    void leadsNowhereThatIsNotThere(TestServer server) {
        ApiClient reader = server.anonymous();
        Map<String, String> pages = pages(reader);
        Set<String> broken = new HashSet<>();
        Set<String> good = new HashSet<>();
        pages.forEach((path, html) -> {
            for (String target : found(HREF, html)) {
                if (target.startsWith("http")) {
                    continue;
                }
                String page = target.startsWith("#") ? path : target.replaceFirst("#.*", "");
                String anchor = target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
                if (!page.startsWith("/docs") && good.add(page)) {
                    if (reader.get(page).status() != 200) {
                        broken.add(path + " → " + target);
                    }
                } else if (page.startsWith("/docs")
                        && !anchor.isEmpty()
                        && !found(ID, pages.getOrDefault(page, "")).contains(anchor)) {
                    broken.add(path + " → " + target);
                }
            }
        });
        assertThat(broken).isEmpty();
        // Every page of the repository is among them, and every part of the reference.
        assertThat(pages.keySet())
                .contains("/docs/quick-start", "/docs/decisions/0006-policies-in-cel", "/docs/sdk/python")
                .contains("/docs/contributing", "/docs/changelog", "/docs/api", "/docs/api/agents");
        assertThat(pages).hasSizeGreaterThan(60);
    }

    @Test
    void linksWorkOnAGitHostToo() throws IOException {
        List<String> broken = new ArrayList<>();
        DocRenderer renderer = new DocRenderer(new DocLinks(Set.of()));
        for (Path file : markdown()) {
            String text = Files.readString(file);
            for (String target : found(LINK, text.replaceAll("(?s)```.*?```|`[^`\n]*`", ""))) {
                if (target.startsWith("http")) {
                    continue;
                }
                assertThat(target).as(file.toString()).doesNotStartWith("/");
                String path = target.replaceFirst("#.*", "");
                Path there = path.isEmpty() ? file : file.resolveSibling(path).normalize();
                String anchor = target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
                boolean known = anchor.isEmpty()
                        || renderer.render("", Files.readString(there)).sections().stream()
                                .anyMatch(section -> section.id().equals(anchor));
                if (!Files.exists(there) || !known) {
                    broken.add(file + " → " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** Every page for people that the repository has. */
    private static List<Path> markdown() throws IOException {
        List<Path> files = new ArrayList<>(List.of(
                REPOSITORY.resolve("README.md"),
                REPOSITORY.resolve("CHANGELOG.md"),
                REPOSITORY.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(files::add);
        }
        for (String sdk : List.of("javascript", "python", "java")) {
            files.add(REPOSITORY.resolve("sdk").resolve(sdk).resolve("README.md"));
        }
        return files;
    }

    @Test
    void listsEveryPage() throws IOException {
        Path folder = REPOSITORY.resolve("docs");
        String index = Files.readString(folder.resolve("README.md"));
        try (Stream<Path> docs = Files.walk(folder)) {
            assertThat(docs.filter(path -> path.toString().endsWith(".md"))
                            .map(path -> folder.relativize(path).toString())
                            .filter(path -> !path.equals("README.md"))
                            .filter(path -> !index.contains("](" + path + ")")))
                    .isEmpty();
        }
    }

    @Test
    void describesEveryOperation(TestServer server) {
        ApiClient reader = server.anonymous();
        Map<String, String> pages = new HashMap<>();
        for (DescribedApi.Operation operation : DescribedApi.ofRepository().operations(false)) {
            String tag = operation.part().node().path("tags").path(0).asText();
            String html = pages.computeIfAbsent(
                    tag,
                    name -> reader.get("/docs/api/" + name.toLowerCase(java.util.Locale.ROOT))
                            .body());
            assertThat(html)
                    .as(operation.toString())
                    .contains("id=\""
                            + operation.part().node().path("operationId").asText() + "\"")
                    .contains("<strong>" + operation.method() + "</strong> <code>" + operation.pattern() + "</code>");
        }
    }

    @Test
    void findsWhatIsAskedFor(TestServer server) {
        ApiClient reader = server.anonymous();

        assertThat(reader.get("/docs/search?q=rotate-master-key").body())
                .contains("href=\"/docs/operations#the-master-key\"", "<mark>rotate-master-key</mark>");
        assertThat(reader.get("/docs/search?q=Create+a+secret").body())
                .contains("href=\"/docs/api/secrets#createSecret\"");
        assertThat(reader.get("/docs/search?q=xyzzyxyzzy").body()).contains("Nothing for");
        assertThat(reader.get("/docs/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
                        .body())
                .doesNotContain("<script>alert");
        assertThat(reader.get("/docs/search?q=" + "a".repeat(1_000))).hasStatus(200);
        assertThat(reader.get("/docs/search")).hasStatus(200);
        assertThat(reader.get("/docs/api/nothing")).hasStatus(404).hasErrorCode("NOT_FOUND");
    }

    @Test
    void needsNoScriptOfAnybodyElse(TestServer server) {
        Answer page = server.anonymous().get("/docs/security");

        assertThat(page).hasStatus(200).hasHeader("X-Frame-Options", "DENY");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe-inline");
        Matcher inline = Pattern.compile("<script>|style=|onclick=").matcher(page.body());
        assertThat(inline.find()).isFalse();
    }
}
