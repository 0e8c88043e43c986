package ai.kubiya.server.contract.fuzz;

import static ai.kubiya.server.contract.fuzz.Ground.pick;

import ai.kubiya.server.http.Router;
import ai.kubiya.server.testing.Belongings;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.DescribedApi.Part;
import ai.kubiya.server.testing.UploadForm;
import ai.kubiya.server.testing.ZipFixture;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes requests for one route: most of them nearly right. */
final class RequestMaker {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get");

    private final DescribedApi api;
    private final Ground ground;
    private final RandomGenerator random;
    private final SchemaValues values;
    /** Whether nothing is to be wrong but what others did meanwhile. */
    private final boolean careful;

    RequestMaker(DescribedApi api, Ground ground, RandomGenerator random) {
        this.api = api;
        this.ground = ground;
        this.random = random;
        this.careful = random.nextInt(5) < 2;
        this.values = new SchemaValues(api, ground, random, careful);
    }

    /**
     * A request.
     *
     * @param operation the route's own, or for one that is not described that of its documented sister
     */
    FuzzRequest request(Router.Route route, Optional<Operation> operation) {
        String method = oneIn(25) ? pick(METHODS, random) : route.method();
        List<String> headers = headers(operation);
        byte[] body = new byte[0];
        boolean writes = List.of("POST", "PUT", "PATCH").contains(method);
        if (writes || oneIn(20)) {
            boolean upload = route.bodyLimit() > Router.DEFAULT_BODY_LIMIT && !oneIn(10);
            body = upload ? form() : json(operation);
            headers.add("Content-Type: " + contentType(upload));
        }
        return new FuzzRequest(
                method,
                path(route.pattern(), method.equals("DELETE")) + query(operation),
                headers,
                body,
                body.length > 0 && oneIn(10));
    }

    /** Whether something odd is done here. */
    private boolean oneIn(int times) {
        return !careful && random.nextInt(times) == 0;
    }

    /** One's own things are deleted seldom: what is gone is of no use for other requests. */
    private String thing(String parameter, boolean spared) {
        if (spared) {
            return random.nextBoolean()
                    ? ground.foreign().id(parameter)
                    : new UUID(random.nextLong(), random.nextLong()).toString();
        }
        return careful ? pick(ground.own().of(parameter), random) : ground.of(parameter, random);
    }

    private String path(String pattern, boolean deletes) {
        String path = pattern;
        for (String name : Belongings.parameters(pattern)) {
            String value = encoded(oneIn(6) ? Oddities.text(random) : thing(name, deletes && random.nextInt(4) > 0));
            path = path.replace("{" + name + "}", value);
        }
        return switch (random.nextInt(60)) {
            case 0 -> path + "/";
            case 1 -> path + "/" + encoded(Oddities.text(random));
            case 2 -> "/" + path;
            case 3 -> "/api/v1" + path;
            default -> path;
        };
    }

    /** Mostly as a client would; now and then bytes that are no text. */
    private String encoded(String text) {
        if (oneIn(40)) {
            return pick(List.of("%ff", "%c3%28", "%zz", "%", "a%2Fb", "%2e%2e", ";x=y", "a;b", "{x}"), random);
        }
        String cut = text.length() > 3000 ? text.substring(0, 3000) : text;
        return URLEncoder.encode(cut, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String query(Optional<Operation> operation) {
        List<String> parts = new ArrayList<>();
        for (Part parameter : operation.map(Operation::parameters).orElse(List.of())) {
            String name = parameter.at("name").asText();
            boolean dialled = SchemaValues.isDialled(name);
            if (parameter.at("in").asText().equals("query")
                    && random.nextInt(100) < (parameter.at("required").asBoolean() ? 90 : 35)) {
                String value =
                        values.value(api.child(parameter, "schema"), name, 1).asText();
                parts.add(name + "=" + encoded(!dialled && oneIn(4) ? Oddities.text(random) : value));
            }
        }
        if (oneIn(15)) {
            parts.add(pick(
                    List.of("limit=0", "offset=-1", "page=2", "limit=1&limit=2", "q=%00", "x", "=", "&&", "a=%zz"),
                    random));
        }
        if (oneIn(25)) {
            parts.add(encoded(Oddities.text(random)) + "=" + encoded(Oddities.text(random)));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private List<String> headers(Optional<Operation> operation) {
        List<String> headers = new ArrayList<>();
        headers.add(oneIn(40) ? "Authorization: " + authorization() : "Authorization: UserKey " + ground.key());
        if (oneIn(8)) {
            headers.add("Idempotency-Key: " + (oneIn(4) ? line() : "key-" + random.nextInt(50)));
        }
        if (oneIn(12)) {
            headers.add("If-Match: " + tag());
        }
        if (oneIn(12)) {
            headers.add("If-None-Match: " + tag());
        }
        if (oneIn(12)) {
            headers.add("Last-Event-ID: "
                    + pick(List.of("0", "1", "-1", "x", "9223372036854775807", "99999999999999999999", ""), random));
        }
        if (oneIn(15)) {
            headers.add("Accept: "
                    + pick(
                            List.of("*/*", "text/event-stream", "application/xml", "x", "application/json;q=0"),
                            random));
        }
        if (oneIn(30)) {
            headers.add(pick(
                            List.of(
                                    "X-Request-Id",
                                    "Range",
                                    "Origin",
                                    "Cookie",
                                    "X-Forwarded-For",
                                    "X-HTTP-Method-Override",
                                    "Accept-Encoding",
                                    "x-vercel-ai-data-stream",
                                    "force",
                                    "Upgrade"),
                            random)
                    + ": " + line());
        }
        if (oneIn(100)) {
            headers.add(pick(List.of("Connection: close", "Expect: 100-continue", "Accept-Encoding: gzip"), random));
        }
        if (oneIn(10)) {
            operation.ifPresent(described -> described.parameters().stream()
                    .filter(parameter -> parameter.at("in").asText().equals("header"))
                    .forEach(parameter -> headers.add(parameter.at("name").asText() + ": "
                            + parameter.at("example").asText())));
        }
        return headers;
    }

    private String authorization() {
        String key = ground.key();
        return pick(
                List.of(
                        "Bearer " + key,
                        "userkey  " + key,
                        "UserKey",
                        "",
                        key,
                        "UserKey " + key.substring(1),
                        "UserKey " + "x".repeat(5000),
                        "Basic YTpi",
                        "UserKey \u00ff\u00fe"),
                random);
    }

    private String tag() {
        return pick(List.of("*", "\"x\"", "W/\"x\"", "\"a\", \"b\"", "", ",", "\"", "x".repeat(5000)), random);
    }

    /** What fits into a line of a head. */
    private String line() {
        String text = Oddities.text(random).replaceAll("[\\x00-\\x1f\\x7f]|[^\\x00-\\xff]", "?");
        return text.length() > 2000 ? text.substring(0, 2000) : text;
    }

    private byte[] json(Optional<Operation> operation) {
        Optional<Part> media = operation
                .map(described -> api.part(described.part().pointer() + "/requestBody/content/application~1json"))
                .filter(part -> !part.node().isMissingNode());
        JsonNode tree = media.map(
                        part -> random.nextInt(3) == 0 && !api.examples(part).isEmpty()
                                ? example(part)
                                : values.value(api.child(part, "schema"), "", 0))
                .orElseGet(values::anyFields);
        return careful ? tree.toString().getBytes(StandardCharsets.UTF_8) : BrokenJson.bytes(tree, random);
    }

    /** The example, with what it would have dialled replaced. */
    private JsonNode example(Part media) {
        JsonNode example = api.examples(media).getFirst().deepCopy();
        JsonNode made = values.value(api.child(media, "schema"), "", 0);
        if (example instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
            made.properties().forEach(member -> {
                if (SchemaValues.isDialled(member.getKey())) {
                    object.set(member.getKey(), member.getValue());
                }
            });
        }
        return example;
    }

    private String contentType(boolean upload) {
        if (oneIn(20)) {
            return pick(
                    List.of(
                            "text/plain",
                            "",
                            "x",
                            "application/json; charset=utf-16",
                            "multipart/form-data",
                            "multipart/form-data; boundary=",
                            "application/x-www-form-urlencoded",
                            "application/merge-patch+json",
                            "a/b; c=\"d"),
                    random);
        }
        return upload ? UploadForm.CONTENT_TYPE : "application/json";
    }

    /** A small archive with one tool, and what may be wrong with that. */
    private byte[] form() {
        byte[] zip = new ZipFixture()
                .with(pick(List.of("tools.yaml", "a/b.json", "../x.yaml", "/etc/x.yaml", "x"), random), yaml())
                .bytes();
        if (oneIn(4)) {
            zip = Arrays.copyOf(zip, random.nextInt(zip.length));
        }
        UploadForm form = UploadForm.file(oneIn(3) ? "n" + random.nextInt(100) : "a.zip", zip);
        for (String field : List.of("name", "dynamic_config", "runner", "managed_by")) {
            if (oneIn(4)) {
                form.withField(field, oneIn(2) ? Oddities.text(random) : "{}");
            }
        }
        byte[] bytes = form.bytes();
        return oneIn(8) ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private String yaml() {
        return pick(
                List.of(
                        "tools: [{name: z, description: z, type: script, content: echo}]",
                        "tools: [{name: z}]",
                        "tools: {",
                        "a: &a [*a]",
                        "\u0000",
                        "name: z\ndescription: z\ncontent: echo\n",
                        "workflows: [1, {}]"),
                random);
    }
}
