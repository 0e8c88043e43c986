package ai.kubiya.server.knowledge.folder;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file as an entry: its front matter, where it has one, says title, description and tags.
 *
 * @param path within the source
 */
record MarkdownFile(String path, String title, String description, List<String> tags, String content) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern FRONT =
            Pattern.compile("\\A---[ \\t]*\\R(.{0,20000}?)\\R---[ \\t]*(?:\\R|\\z)", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("(?m)^#[ \\t]++(.{1,400}?)[ \\t]*#*$");

    MarkdownFile {
        tags = List.copyOf(tags);
    }

    static MarkdownFile of(String path, String text) {
        Matcher front = FRONT.matcher(text);
        JsonNode said = front.find() ? yaml(front.group(1)) : Json.object();
        // What is between the lines and says nothing that way is part of the text.
        String content = said.isEmpty() ? text : text.substring(front.end());
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("\\.[^.]*$", "");
        Matcher heading = HEADING.matcher(content);
        String title = word(said, "title")
                .orElseGet(() -> heading.find() ? heading.group(1).strip() : name);
        List<String> tags = new ArrayList<>(words(said.path("tags")));
        tags.addAll(words(said.path("labels")));
        return new MarkdownFile(path, title, word(said, "description").orElse(""), tags, content);
    }

    private static JsonNode yaml(String text) {
        try {
            JsonNode said = YAML.readTree(text);
            return said instanceof ObjectNode ? said : Json.object();
        } catch (JsonProcessingException e) {
            return Json.object();
        }
    }

    private static Optional<String> word(JsonNode said, String name) {
        return Optional.of(said.path(name).asText("").strip()).filter(text -> !text.isEmpty());
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        if (list.isTextual()) {
            words.addAll(List.of(list.textValue().split(",")));
        }
        list.forEach(each -> words.add(each.asText("")));
        return words.stream().map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    /** The fields of its entry that come from the file. */
    ObjectNode fields(List<String> more) {
        Set<String> labels = new LinkedHashSet<>(more);
        labels.addAll(tags);
        ObjectNode json = Json.object()
                .put("name", title)
                .put("description", description)
                .put("content", content)
                .put("source", "git");
        json.set("labels", Json.array(labels));
        json.putObject("properties").put("path", path);
        return json;
    }
}
