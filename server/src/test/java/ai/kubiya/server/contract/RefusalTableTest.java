package ai.kubiya.server.contract;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.Router;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Belongings;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.RawConnection;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import ai.kubiya.server.testing.UploadForm;
import ai.kubiya.server.testing.ZipFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Everything that a client can do wrong, on every route there is: what it hears. The table of it is
 * {@code docs/refusals.md}; {@code -Drefusals.write=true} writes it.
 */
@ServerTest
class RefusalTableTest {
    private static final Path PAGE = Path.of("../docs/refusals.md");
    private static final String MARK = "<!-- The tables below are written by RefusalTableTest. -->\n";
    private static final DescribedApi API = DescribedApi.ofRepository();
    private static final String WRONG_KEY = "uk_0000000000000000000000000000000000000000000";
    private static final byte[] BROKEN = "{\"name\": ".getBytes(StandardCharsets.UTF_8);
    private static final String BROKEN_FORM =
            "--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\nPK";
    private static final String NOTHING = "–";

    /**
     * A row of the table.
     *
     * @param operation empty on the compatibility surface, which is not described
     */
    private record Row(Router.Route route, Optional<Operation> operation) {
        boolean described() {
            return operation.isPresent();
        }

        /** What the description says of the body; on the other surface whatever a write brings. */
        boolean takes(String contentType) {
            return operation
                    .map(described -> described
                            .part()
                            .node()
                            .path("requestBody")
                            .path("content")
                            .has(contentType))
                    .orElse(contentType.equals("application/json")
                            && List.of("POST", "PUT", "PATCH").contains(route.method())
                            && !takesUploads()
                            && !sistersWithoutBody());
        }

        /** The same on the documented surface takes none. */
        private boolean sistersWithoutBody() {
            String sister = pattern().replaceFirst("^/api/v\\d", "/v1");
            return API.operations(true).stream()
                    .anyMatch(other -> other.method().equals(route.method())
                            && other.pattern().equals(sister)
                            && !other.part().node().has("requestBody"));
        }

        /** A runner's token opens it, and no key. */
        boolean isForRunners() {
            return route.guard() == Router.Guard.RUNNER;
        }

        /** The name in the path is that of what is made, so it cannot be another organisation's. */
        boolean names() {
            return route.method().equals("POST") && pattern().endsWith("/runners/{runner}");
        }

        boolean takesUploads() {
            return operation.isPresent() ? takes("multipart/form-data") : route.bodyLimit() > Router.DEFAULT_BODY_LIMIT;
        }

        /** Clients of that API know its own form of errors. */
        boolean answersInAnotherForm() {
            return pattern().startsWith("/v1/chat/");
        }

        String pattern() {
            return route.pattern();
        }

        @Override
        public String toString() {
            return route.method() + " " + route.pattern();
        }
    }

    /** One column: what is wrong with the request, how it is sent, and what must be answered. */
    private record Column(String title, Function<Row, String> cell) {}

    private final TestServer server;
    private final ApiClient client;
    private final Belongings foreign;
    private final Belongings own;

    RefusalTableTest(TestServer server) {
        this.server = server;
        this.client = server.newOrganization();
        this.foreign = Belongings.of(server.newOrganization());
        this.own = Belongings.of(client, "own");
    }

    @Test
    void isAsThePageSays() throws IOException {
        Map<String, Router.Route> routes = server.router().routes().stream()
                .collect(Collectors.toMap(route -> route.method() + " " + route.pattern(), Function.identity()));
        List<Row> documented = API.operations(true).stream()
                .map(operation -> new Row(
                        Objects.requireNonNull(routes.get(operation.toString()), operation::toString),
                        Optional.of(operation)))
                .toList();
        List<Row> compatible = server.router().routes().stream()
                .filter(route -> route.pattern().startsWith("/api/"))
                .map(route -> new Row(route, Optional.empty()))
                .toList();

        Map<String, String> wrong = new LinkedHashMap<>();
        String tables = MARK + "\n## The documented surface\n\n" + table(documented, wrong)
                + "\n## The compatibility surface\n\n" + table(compatible, wrong);

        assertThat(wrong).isEmpty();
        if (Boolean.getBoolean("refusals.write")) {
            String page = Files.readString(PAGE);
            Files.writeString(PAGE, page.substring(0, page.indexOf(MARK)) + tables);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/refusals.md is not what the server does. Write it anew, look at what changed and commit it:"
                        + " ./mvnw -pl server -am test -Dtest=RefusalTableTest -Drefusals.write=true")
                .endsWith(tables);
    }

    private String table(List<Row> rows, Map<String, String> wrong) {
        List<Column> columns = List.of(
                new Column("no key", this::withoutKey),
                new Column("bad key", this::withWrongKey),
                new Column("key without the scope", this::withoutScope),
                new Column("id of another organisation", this::withForeignId),
                new Column("wrong method", this::withWrongMethod),
                new Column("malformed body", this::withMalformedBody),
                new Column("body too large", this::withTooLargeBody));
        StringBuilder table = new StringBuilder("| route |");
        columns.forEach(column -> table.append(' ').append(column.title()).append(" |"));
        table.append("\n|").append("---|".repeat(columns.size() + 1)).append('\n');
        for (Row row : rows) {
            table.append("| `").append(row).append("` |");
            for (Column column : columns) {
                String cell = "?";
                try {
                    cell = column.cell().apply(row);
                } catch (AssertionError e) {
                    wrong.put(row + ", " + column.title(), String.valueOf(e.getMessage()));
                }
                table.append(' ').append(cell).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String shown(Answer answer) {
        String code = Stream.of("/errorCode", "/error/code")
                .map(answer::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return (answer.status() + " " + code).trim();
    }

    private static String refused(Answer answer, int status, String code) {
        assertThat(answer).hasStatus(status).hasErrorCode(code).hasHeader("X-Request-Id");
        return shown(answer);
    }

    /** As it should be but for the body: nothing is changed by a request that is refused, and little by the others. */
    private Answer send(ApiClient sender, Row row, String path) {
        return sender.begin(row.route().method(), path, new byte[0]);
    }

    private static String nobodys(Row row) {
        return row.pattern().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    }

    private String withoutKey(Row row) {
        Answer answer = send(server.anonymous(), row, nobodys(row));
        if (row.route().open()) {
            return toAnybody(row, answer);
        }
        assertThat(answer).hasHeader("WWW-Authenticate", "UserKey");
        return refused(answer, 401, "AUTH_REQUIRED");
    }

    /** Some are open to whoever knows a token in their path; nobody knows this one. */
    private static String toAnybody(Row row, Answer answer) {
        if (Belongings.parameters(row.pattern()).isEmpty()) {
            assertThat(answer).hasStatus(200);
            return "open";
        }
        assertThat(answer).hasStatusAmong(400, 401, 404);
        return "open, " + shown(answer);
    }

    private String withWrongKey(Row row) {
        Answer answer = send(server.withKey(WRONG_KEY), row, nobodys(row));
        if (row.route().open()) {
            return toAnybody(row, answer);
        }
        assertThat(answer).doesNotMention(WRONG_KEY);
        return refused(answer, 401, "INVALID_API_KEY");
    }

    private String withoutScope(Row row) {
        if (row.route().open()) {
            return "open";
        }
        Answer answer = send(server.withScopes(client), row, nobodys(row));
        if (row.isForRunners()) {
            return refused(answer, 401, "INVALID_API_KEY");
        }
        if (row.route().scope() == null) {
            assertThat(answer).hasStatusAmong(200, 400, 404, 415);
            return "any key";
        }
        assertThat(answer).saysWhy(row.route().scope().wireName());
        return refused(answer, 403, "INSUFFICIENT_SCOPE");
    }

    private String withForeignId(Row row) {
        if (row.route().open()
                || row.names()
                || Belongings.parameters(row.pattern()).isEmpty()) {
            return NOTHING;
        }
        TreeSet<String> answers = new TreeSet<>();
        for (String path : foreign.pathsFor(own, row.pattern())) {
            Answer answer = sendExample(row, path);
            if (row.isForRunners()) {
                refused(answer, 401, "INVALID_API_KEY");
            } else if (row.described()) {
                assertThat(answer).hasStatus(404);
            } else {
                // What existing clients send is known to their handlers alone.
                assertThat(answer).hasStatusAmong(400, 404);
            }
            answers.add(shown(answer));
        }
        return String.join(" or ", answers);
    }

    /** With the description's own example, so that nothing is wrong but the id. */
    private Answer sendExample(Row row, String path) {
        if (row.takesUploads()) {
            byte[] archive = new ZipFixture()
                    .with("tools.yaml", "tools: [{name: z, description: z, type: script, content: echo}]")
                    .bytes();
            return client.send(row.route().method(), path, UploadForm.file("a.zip", archive));
        }
        return row.takes("application/json")
                ? client.send(row.route().method(), path, example(row))
                : send(client, row, path);
    }

    private static String example(Row row) {
        String sister = row.pattern().replaceFirst("^/api/v\\d", "/v1");
        return API.operations(true).stream()
                .filter(operation -> operation.method().equals(row.route().method())
                        && operation.pattern().equals(sister))
                .map(operation -> API.part(operation.part().pointer() + "/requestBody/content/application~1json"))
                .flatMap(media -> API.examples(media).stream())
                .findFirst()
                .map(Object::toString)
                .orElse("{}");
    }

    private String withWrongMethod(Row row) {
        TreeSet<String> allowed = server.router().routes().stream()
                .filter(route -> route.pattern().equals(row.pattern()))
                .map(Router.Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
        String method = Stream.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
                .filter(other -> !allowed.contains(other))
                .findFirst()
                .orElseThrow();
        Answer answer = client.begin(method, own.path(row.pattern()), new byte[0]);
        assertThat(answer).hasHeader("Allow", String.join(", ", allowed));
        return refused(answer, 405, "METHOD_NOT_ALLOWED");
    }

    private String withMalformedBody(Row row) {
        String method = row.route().method();
        String path = own.path(row.pattern());
        if (row.isForRunners()) {
            return refused(client.begin(method, path, BROKEN), 401, "INVALID_API_KEY");
        }
        if (row.takesUploads()) {
            Answer answer = client.withHeader("Content-Type", "multipart/form-data; boundary=boundary")
                    .send(method, path, BROKEN_FORM.getBytes(StandardCharsets.UTF_8));
            return refused(answer, 400, "VALIDATION_FAILED");
        }
        if (!row.takes("application/json")) {
            return NOTHING;
        }
        Answer answer = client.withHeader("Content-Type", "application/json").begin(method, path, BROKEN);
        if (row.answersInAnotherForm()) {
            assertThat(answer).hasStatus(400).has("/error/code", "invalid_json");
            return shown(answer);
        }
        if (!row.described() && answer.status() < 300) {
            return "not read";
        }
        return refused(answer, 400, "INVALID_JSON");
    }

    private String withTooLargeBody(Row row) {
        if (!row.takesUploads() && !row.takes("application/json")) {
            return NOTHING;
        }
        // A client that waits to be told to begin hears no, and need not send megabytes.
        String head = """
                %s %s HTTP/1.1
                Host: x
                Authorization: UserKey %s
                Content-Type: %s
                Content-Length: %d
                Expect: 100-continue
                Connection: close""".formatted(
                        row.route().method(),
                        own.path(row.pattern()),
                        client.key(),
                        row.takesUploads() ? "multipart/form-data; boundary=boundary" : "application/json",
                        row.route().bodyLimit() + 1);
        try (RawConnection connection = new RawConnection(server)) {
            Answer answer = connection.sendHead(head).read();
            if (row.isForRunners()) {
                return refused(answer, 401, "INVALID_API_KEY");
            }
            if (row.answersInAnotherForm()) {
                assertThat(answer).hasStatus(413);
                return shown(answer);
            }
            if (!row.described() && answer.status() < 300) {
                return "not read";
            }
            return refused(answer, 413, "PAYLOAD_TOO_LARGE");
        } catch (IOException e) {
            throw new AssertionError(row.toString(), e);
        }
    }
}
