package ai.kubiya.sdk.generator;

import ai.kubiya.sdk.generator.Operation.BodyKind;
import ai.kubiya.sdk.generator.Operation.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Types of the JavaScript SDK. */
final class TypeScriptWriter {
    private static final String REFERENCE = "#/components/schemas/";

    private final Api api;

    TypeScriptWriter(Api api) {
        this.api = api;
    }

    String declarations() {
        StringBuilder text = new StringBuilder("// " + JavaScriptWriter.NOTICE + "\n\n").append(FIXED);
        Set<String> inputs = inputs();
        api.schemas().forEach((name, schema) -> {
            declare(text, name, schema, false);
            if (inputs.contains(name)) {
                declare(text, name + "Input", schema, true);
            }
        });
        api.resources().forEach((resource, operations) -> {
            text.append("export interface ").append(Api.upperFirst(resource)).append("Resource {\n");
            operations.forEach(operation -> method(text, operation));
            text.append("}\n\n");
        });
        text.append("/** Speaks to a Kubiya server. */\nexport class KubiyaClient {\n");
        text.append("  constructor(options?: ClientOptions);\n");
        text.append("  /** All teammates. */\n  getTeammates(): Promise<Agent[]>;\n");
        api.resources()
                .keySet()
                .forEach(resource -> text.append("  readonly ")
                        .append(resource)
                        .append(": ")
                        .append(Api.upperFirst(resource))
                        .append("Resource;\n"));
        return text.append("}\n").toString();
    }

    /** Named schemas that requests carry, with all that they are made of. */
    private Set<String> inputs() {
        Set<String> names = new TreeSet<>();
        api.resources()
                .values()
                .forEach(operations -> operations.stream()
                        .filter(operation -> operation.body().kind() == BodyKind.JSON)
                        .forEach(operation -> collect(operation.body().schema(), names)));
        return names;
    }

    private void collect(JsonNode node, Set<String> names) {
        String name = named(node);
        if (!name.isEmpty()) {
            if (names.add(name)) {
                collect(api.schema(name), names);
            }
            return;
        }
        node.forEach(child -> collect(child, names));
    }

    private static String named(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.startsWith(REFERENCE) ? reference.substring(REFERENCE.length()) : "";
    }

    private void declare(StringBuilder text, String name, JsonNode schema, boolean input) {
        comment(text, "", schema.path("description").asText());
        if (schema.has("properties") && !schema.has("oneOf") && !schema.has("anyOf") && !schema.has("allOf")) {
            text.append("export interface ")
                    .append(name)
                    .append(" ")
                    .append(object(schema, input, ""))
                    .append("\n\n");
        } else {
            text.append("export type ")
                    .append(name)
                    .append(" = ")
                    .append(type(schema, input, ""))
                    .append(";\n\n");
        }
    }

    private String object(JsonNode schema, boolean input, String indent) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        StringBuilder text = new StringBuilder("{\n");
        schema.path("properties").properties().forEach(property -> {
            if (!input || !property.getValue().path("readOnly").asBoolean()) {
                comment(
                        text,
                        indent + "  ",
                        property.getValue().path("description").asText());
                text.append(indent)
                        .append("  ")
                        .append(key(property.getKey()))
                        .append(required.contains(property.getKey()) ? ": " : "?: ")
                        .append(type(property.getValue(), input, indent + "  "))
                        .append(";\n");
            }
        });
        JsonNode more = schema.path("additionalProperties");
        if (more.isObject() || more.asBoolean(false)) {
            text.append(indent).append("  [name: string]: unknown;\n");
        }
        return text.append(indent).append("}").toString();
    }

    String type(JsonNode schema, boolean input, String indent) {
        String name = named(schema);
        if (!name.isEmpty()) {
            return input && inputs().contains(name) ? name + "Input" : name;
        }
        if (schema.has("const")) {
            return schema.path("const").toString();
        }
        if (schema.has("enum")) {
            return join(
                    schema.path("enum").valueStream().map(JsonNode::toString).toList(), " | ");
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                return join(parts(schema.path(choice), input, indent), " | ");
            }
        }
        if (schema.has("allOf")) {
            return join(parts(schema.path("allOf"), input, indent), " & ");
        }
        if (schema.path("type").isArray()) {
            List<String> types = new ArrayList<>();
            schema.path("type").forEach(type -> types.add(plain(type.asText(), schema, input, indent)));
            return join(types, " | ");
        }
        return plain(schema.path("type").asText(), schema, input, indent);
    }

    private List<String> parts(JsonNode schemas, boolean input, String indent) {
        return schemas.valueStream()
                .map(schema -> type(schema, input, indent))
                .distinct()
                .toList();
    }

    private String plain(String type, JsonNode schema, boolean input, String indent) {
        return switch (type) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "null" -> "null";
            case "array" -> "Array<" + type(schema.path("items"), input, indent) + ">";
            case "object" -> {
                if (schema.path("properties").isEmpty()) {
                    JsonNode values = schema.path("additionalProperties");
                    yield "Record<string, " + (values.isObject() ? type(values, input, indent) : "unknown") + ">";
                }
                yield object(schema, input, indent);
            }
            default -> "unknown";
        };
    }

    private static String join(List<String> parts, String by) {
        return parts.stream().distinct().collect(Collectors.joining(by));
    }

    private void method(StringBuilder text, Operation operation) {
        comment(text, "  ", operation.description());
        List<String> parameters = new ArrayList<>();
        operation.pathParameters().forEach(name -> parameters.add(Api.camel(name) + ": string"));
        if (operation.body().kind() == BodyKind.FORM) {
            parameters.add("form: FormData");
        } else if (operation.body().kind() == BodyKind.JSON) {
            boolean change =
                    operation.method().equals("PUT") || operation.method().equals("PATCH");
            String type = type(operation.body().schema(), true, "  ");
            parameters.add(
                    "body" + (operation.body().required() ? ": " : "?: ") + (change ? "Partial<" + type + ">" : type));
        }
        parameters.add("options?: " + options(operation));
        text.append("  ")
                .append(operation.name())
                .append("(")
                .append(String.join(", ", parameters))
                .append("): ")
                .append(result(operation))
                .append(";\n");
    }

    private String options(Operation operation) {
        StringBuilder text = new StringBuilder("CallOptions");
        List<String> fields = new ArrayList<>();
        operation.query().forEach(parameter -> fields.add(field(option(parameter.name()), parameter)));
        operation.headers().forEach(parameter -> fields.add(field(Api.camel(parameter.name()), parameter)));
        return fields.isEmpty()
                ? text.toString()
                : text.append(" & { ")
                        .append(String.join("; ", fields))
                        .append(" }")
                        .toString();
    }

    /** Names that every call has options of are other ones; the runtime says the same. */
    private static String option(String name) {
        return List.of("signal", "timeout", "maxRetries", "headers").contains(name) ? name + "_query" : name;
    }

    private String field(String name, Parameter parameter) {
        return key(name) + "?: " + type(parameter.schema(), false, "");
    }

    private static String key(String name) {
        return name.matches("[A-Za-z_$][\\w$]*") ? name : "\"" + name + "\"";
    }

    private String result(Operation operation) {
        JsonNode schema = operation.answer().schema();
        return switch (operation.answer().kind()) {
            case PAGE -> "PagePromise<" + type(schema, false, "  ") + ">";
            case STREAM -> "Promise<EventStream>";
            case JSON_OR_STREAM -> "Promise<" + type(schema, false, "  ") + " | EventStream>";
            case JSON -> "Promise<" + type(schema, false, "  ") + ">";
            case TEXT -> "Promise<string>";
            case EMPTY -> "Promise<void>";
        };
    }

    private static void comment(StringBuilder text, String indent, String words) {
        String line = words.strip().replaceAll("\\s+", " ").replace("*/", "* /");
        if (!line.isEmpty()) {
            text.append(indent).append("/** ").append(line).append(" */\n");
        }
    }

    private static final String FIXED = """
            export interface ClientOptions {
              /** The key, without `UserKey`; default: the environment's KUBIYA_API_KEY. */
              apiKey?: string;
              /** Default: the environment's KUBIYA_BASE_URL, then http://127.0.0.1:8080/v1. */
              baseUrl?: string;
              /** Milliseconds until the headers of an answer must be there; 0 = for ever. Default: 60,000. */
              timeout?: number;
              /** How often a request that may be repeated is repeated. Default: 2. */
              maxRetries?: number;
              /** In place of the global fetch. */
              fetch?: typeof fetch;
            }

            export interface CallOptions {
              signal?: AbortSignal;
              timeout?: number;
              maxRetries?: number;
              headers?: Record<string, string>;
            }

            export class KubiyaError extends Error {
              readonly status?: number;
              readonly errorCode?: string;
              readonly details?: string;
              readonly errors: Array<{ field: string; message: string }>;
              readonly requestId?: string;
              readonly retryAfter?: number;
            }
            export class ConnectionError extends KubiyaError {}
            export class TimeoutError extends KubiyaError {}
            export class ValidationError extends KubiyaError {}
            export class AuthenticationError extends KubiyaError {}
            export class PermissionError extends KubiyaError {}
            export class NotFoundError extends KubiyaError {}
            export class ConflictError extends KubiyaError {}
            export class PreconditionFailedError extends KubiyaError {}
            export class RateLimitError extends KubiyaError {}
            export class ServerError extends KubiyaError {}

            /** A page of a list; iterating goes on with the pages that follow. */
            export class Page<T> implements AsyncIterable<T> {
              readonly data: T[];
              readonly pagination: Pagination;
              readonly hasNext: boolean;
              next(): Promise<Page<T> | null>;
              [Symbol.asyncIterator](): AsyncIterator<T>;
            }

            /** Await it for the first page, or iterate over all rows. */
            export class PagePromise<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
              then<A = Page<T>, B = never>(
                resolve?: ((page: Page<T>) => A | PromiseLike<A>) | null,
                reject?: ((reason: unknown) => B | PromiseLike<B>) | null,
              ): Promise<A | B>;
              catch<B = never>(reject?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Page<T> | B>;
              finally(action?: (() => void) | null): Promise<Page<T>>;
              /** Every row, in one array. */
              all(): Promise<T[]>;
              [Symbol.asyncIterator](): AsyncIterator<T>;
            }

            export interface StreamEvent {
              id: string;
              event: string;
              /** Parsed where it is JSON. */
              data: any;
            }

            /** Server-sent events. */
            export class EventStream implements AsyncIterable<StreamEvent> {
              readonly headers: Headers;
              close(): Promise<void>;
              [Symbol.asyncIterator](): AsyncIterator<StreamEvent>;
            }

            """;
}
