package ai.kubiya.server.workflow.step;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References in the texts of a step: <code>${NAME}</code>, <code>${NAME.key}</code>, <code>${step.output}</code>, and the
 * same between double braces. Those that name nothing stay as they are: braces mean something to many programs.
 */
public final class References {
    private static final String PATH = "([A-Za-z_][\\w-]*(?:[.\\[][\\w.\\[\\]-]*)?)";
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{\\s*" + PATH + "\\s*}|\\{\\{\\s*\\.?" + PATH + "\\s*}}");

    private References() {}

    /**
     * Puts something else in the place of each reference.
     *
     * @param replace is given a reference's whole text and its path; empty = it stays
     */
    static String replace(String text, java.util.function.BiFunction<String, String, Optional<String>> replace) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        replace.apply(found.group(), path(found)).orElse(found.group())));
    }

    private static String path(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    /** Puts values in the place of the references in a text. */
    public static String resolve(String text, Function<String, Optional<String>> values) {
        return replace(text, (_, path) -> values.apply(path));
    }

    /**
     * The same in all texts of a JSON value. A text that is one reference and nothing else becomes the array or object that
     * it refers to.
     */
    public static JsonNode resolve(JsonNode json, Function<String, Optional<String>> values) {
        return switch (json) {
            case TextNode text -> resolveText(text.asText(), values);
            case ObjectNode object -> {
                ObjectNode resolved = Json.object();
                object.properties().forEach(entry -> resolved.set(entry.getKey(), resolve(entry.getValue(), values)));
                yield resolved;
            }
            case ArrayNode array -> {
                ArrayNode resolved = Json.array();
                array.forEach(element -> resolved.add(resolve(element, values)));
                yield resolved;
            }
            default -> json;
        };
    }

    private static JsonNode resolveText(String text, Function<String, Optional<String>> values) {
        String resolved = resolve(text, values);
        if (!resolved.equals(text) && REFERENCE.matcher(text.strip()).matches()) {
            return structure(resolved).orElseGet(() -> TextNode.valueOf(resolved));
        }
        return TextNode.valueOf(resolved);
    }

    /** An array or an object that stands in a text. */
    public static Optional<JsonNode> structure(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readTree(stripped)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
