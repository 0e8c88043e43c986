package ai.kubiya.sdk.generator;

import ai.kubiya.sdk.generator.Operation.Answer;
import ai.kubiya.sdk.generator.Operation.AnswerKind;
import ai.kubiya.sdk.generator.Operation.Body;
import ai.kubiya.sdk.generator.Operation.BodyKind;
import ai.kubiya.sdk.generator.Operation.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The API by resource.
 *
 * @param resources operations by the resource's name, in the order of the description
 * @param schemas the named schemas
 */
record Api(Map<String, List<Operation>> resources, Map<String, JsonNode> schemas) {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    /** What operations of a tag are about, where it is not the tag's singular. */
    private static final Map<String, String> NOUNS = Map.of(
            "Conversations", "Session",
            "Models", "OrganizationModel",
            "Audit", "AuditItem",
            "Knowledge", "Knowledge",
            "Policies", "Policy",
            "OpenAI", "",
            "Server", "");

    static Api read(Path description) throws IOException {
        return new Reader(new YAMLMapper().readTree(Files.readString(description))).read();
    }

    /** A named schema. */
    JsonNode schema(String name) {
        return schemas.getOrDefault(name, MissingNode.getInstance());
    }

    /** Reads the description. */
    private static final class Reader {
        private final JsonNode document;

        Reader(JsonNode document) {
            this.document = document;
        }

        Api read() {
            Map<String, List<Operation>> resources = new LinkedHashMap<>();
            Map<String, Set<String>> taken = new LinkedHashMap<>();
            document.path("paths")
                    .properties()
                    .forEach(path -> METHODS.forEach(method -> {
                        JsonNode node = path.getValue().path(method);
                        if (!node.isMissingNode()) {
                            String tag = node.path("tags").path(0).asText();
                            String resource = resource(tag);
                            Set<String> names = taken.computeIfAbsent(resource, _ -> new HashSet<>());
                            resources
                                    .computeIfAbsent(resource, _ -> new ArrayList<>())
                                    .add(operation(tag, names, method, path.getKey(), path.getValue(), node));
                        }
                    }));
            Map<String, JsonNode> schemas = new LinkedHashMap<>();
            document.path("components")
                    .path("schemas")
                    .properties()
                    .forEach(schema -> schemas.put(schema.getKey(), schema.getValue()));
            return new Api(resources, schemas);
        }

        private static String resource(String tag) {
            return tag.equals("OpenAI") ? "openai" : lowerFirst(tag.replace(" ", ""));
        }

        private Operation operation(
                String tag, Set<String> names, String method, String path, JsonNode item, JsonNode node) {
            String id = node.path("operationId").asText();
            String shorter = shorten(id, tag);
            String name = names.add(shorter) ? shorter : id;
            names.add(name);
            List<JsonNode> parameters = new ArrayList<>();
            item.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
            node.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
            Matcher matcher = PARAMETER.matcher(path);
            List<String> inPath = new ArrayList<>();
            while (matcher.find()) {
                inPath.add(matcher.group(1));
            }
            return new Operation(
                    name,
                    method.toUpperCase(Locale.ROOT),
                    path,
                    node.path("summary").asText(),
                    node.path("description").asText().strip(),
                    inPath,
                    in("query", parameters),
                    in("header", parameters),
                    body(node.path("requestBody")),
                    answer(node.path("responses")));
        }

        private static String shorten(String id, String tag) {
            String noun = NOUNS.getOrDefault(tag, singular(tag.replace(" ", "")));
            String name = noun.isEmpty()
                    ? id
                    : id.replaceFirst(plural(noun) + "(?=$|[A-Z])", "").equals(id)
                            ? id.replaceFirst(noun + "(?=$|[A-Z])", "")
                            : id.replaceFirst(plural(noun) + "(?=$|[A-Z])", "");
            return name.isEmpty() ? id : lowerFirst(name);
        }

        private static String singular(String tag) {
            return tag.endsWith("s") ? tag.substring(0, tag.length() - 1) : tag;
        }

        private static String plural(String noun) {
            return noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        }

        private List<Parameter> in(String place, List<JsonNode> parameters) {
            return parameters.stream()
                    .filter(parameter -> parameter.path("in").asText().equals(place))
                    .map(parameter -> new Parameter(
                            parameter.path("name").asText(),
                            parameter.path("description").asText().strip(),
                            parameter.path("schema"),
                            parameter.path("required").asBoolean()))
                    .toList();
        }

        private Body body(JsonNode request) {
            JsonNode content = resolved(request).path("content");
            boolean required = resolved(request).path("required").asBoolean();
            // What takes anything takes JSON.
            for (String type : List.of("application/json", "*/*")) {
                if (content.has(type)) {
                    return new Body(BodyKind.JSON, required, content.path(type).path("schema"));
                }
            }
            return content.isEmpty()
                    ? new Body(BodyKind.NONE, false, MissingNode.getInstance())
                    : new Body(
                            BodyKind.FORM,
                            required,
                            content.properties().iterator().next().getValue().path("schema"));
        }

        private Answer answer(JsonNode responses) {
            JsonNode success = MissingNode.getInstance();
            for (var response : responses.properties()) {
                if (response.getKey().startsWith("2")) {
                    success = resolved(response.getValue());
                    break;
                }
            }
            JsonNode content = success.path("content");
            boolean streams = content.has("text/event-stream");
            if (content.has("application/json")) {
                JsonNode schema = content.path("application/json").path("schema");
                JsonNode rows = schema.path("properties").path("data").path("items");
                boolean page = schema.path("properties").has("pagination") && !rows.isMissingNode();
                if (page && !streams) {
                    return new Answer(AnswerKind.PAGE, rows);
                }
                return new Answer(streams ? AnswerKind.JSON_OR_STREAM : AnswerKind.JSON, schema);
            }
            return new Answer(
                    streams ? AnswerKind.STREAM : content.isEmpty() ? AnswerKind.EMPTY : AnswerKind.TEXT,
                    MissingNode.getInstance());
        }

        private JsonNode resolved(JsonNode node) {
            String reference = node.path("$ref").asText();
            return reference.isEmpty() ? node : resolved(document.at(reference.substring(1)));
        }
    }

    static String lowerFirst(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    static String upperFirst(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code Idempotency-Key} and {@code last_event_id} as {@code idempotencyKey} and {@code lastEventId}. */
    static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("[-_. ]")) {
            camel.append(camel.isEmpty() ? lowerFirst(word) : upperFirst(word.toLowerCase(Locale.ROOT)));
        }
        return camel.toString();
    }
}
