package ai.kubiya.server.knowledge;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client may say about an entry, in the one spelling (see {@link Spelling}).
 *
 * @param owner id or e-mail; empty = as it is, the creator for a new one
 * @param groups ids or names
 * @param agents ids or names
 * @param agentsGroups ids or names
 */
record KnowledgeDefinition(
        KnowledgeText text,
        String source,
        String format,
        Visibility visibility,
        String owner,
        List<String> groups,
        List<String> agents,
        List<String> agentsGroups,
        String managedBy,
        String taskId) {
    static final int LONGEST_CONTENT = 1_000_000;

    private static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "version",
            "content_hash",
            "created_by",
            "updated_by",
            "created_at",
            "updated_at",
            "relevance_score",
            "passage");
    private static final int MOST = 1000;
    private static final int LONGEST_LABEL = 200;

    /**
     * Reads the fields and notes what is wrong with them.
     *
     * @param strict of the documented surface; others make entries without content
     */
    static KnowledgeDefinition of(JsonFields fields, boolean strict) {
        fields.ignore(READ_ONLY);
        // Turned into their other spelling by now; named when somebody asks for the fields.
        fields.ignore(List.of("title", "tags"));
        return new KnowledgeDefinition(
                text(fields, strict),
                fields.text("source", 200, "manual"),
                format(fields, strict),
                visibility(fields),
                fields.text("owner", 320, "").strip(),
                list(fields, "groups"),
                list(fields, "supported_agents"),
                list(fields, "supported_agents_groups"),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    /** Whom entries are for that say nothing yet. */
    static KnowledgeDefinition ofRestrictions(JsonFields fields) {
        return new KnowledgeDefinition(
                new KnowledgeText("", "", "", List.of(), "", Map.of()),
                "",
                "",
                visibility(fields),
                fields.text("owner", 320, "").strip(),
                list(fields, "groups"),
                list(fields, "supported_agents"),
                list(fields, "supported_agents_groups"),
                "",
                "");
    }

    KnowledgeDefinition saying(KnowledgeText other) {
        return new KnowledgeDefinition(
                other, source, format, visibility, owner, groups, agents, agentsGroups, managedBy, taskId);
    }

    private static KnowledgeText text(JsonFields fields, boolean strict) {
        String name = strict && !fields.has("name") ? required(fields) : fields.requiredText("name", 500);
        if (name.chars().anyMatch(Character::isISOControl)) {
            fields.problem("/name", "must not contain control characters");
        }
        List<String> labels = list(fields, "labels").stream().distinct().toList();
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).isBlank() || labels.get(i).length() > LONGEST_LABEL) {
                fields.problem("/labels/" + i, "must have 1 to " + LONGEST_LABEL + " characters");
            }
        }
        Map<String, String> properties = fields.textMap("properties");
        if (properties.size() > MOST) {
            fields.problem("/properties", "must be at most " + MOST + ", got " + properties.size());
        }
        return new KnowledgeText(
                name.strip(),
                fields.text("description", 10_000, ""),
                strict ? fields.requiredText("content", LONGEST_CONTENT) : fields.text("content", LONGEST_CONTENT, ""),
                labels,
                fields.text("type", 100, "knowledge"),
                properties);
    }

    private static String required(JsonFields fields) {
        fields.problem("/title", "is required; it may also be called name");
        return "";
    }

    private static String format(JsonFields fields, boolean strict) {
        JsonFields metadata = new JsonFields(fields.object("metadata")).ignore(List.of("source", "size_bytes"));
        String format = metadata.text("format", 100, "markdown");
        try {
            metadata.check(strict);
        } catch (ApiException e) {
            e.problems().forEach(problem -> fields.problem("/metadata" + problem.field(), problem.message()));
        }
        return format;
    }

    private static Visibility visibility(JsonFields fields) {
        String word = fields.text("visibility", 100, Visibility.ORGANIZATION.wireName());
        Optional<Visibility> visibility = Visibility.ofWireName(word);
        if (visibility.isEmpty()) {
            fields.problem("/visibility", "must be private, organization or public, got \"" + word + "\"");
        }
        return visibility.orElse(Visibility.PRIVATE);
    }

    private static List<String> list(JsonFields fields, String name) {
        List<String> list = fields.texts(name);
        if (list.size() > MOST) {
            fields.problem("/" + name, "must be at most " + MOST + ", got " + list.size());
        }
        return list;
    }

    /** The fields of a stored entry as a client would send them. */
    static ObjectNode json(KnowledgeEntry entry) {
        KnowledgeText text = entry.text();
        Restrictions restrictions = entry.restrictions();
        ObjectNode json = Json.object()
                .put("name", text.name())
                .put("description", text.description())
                .put("content", text.content())
                .put("type", text.type())
                .put("source", entry.source())
                .put("visibility", restrictions.visibility().wireName())
                .put("owner", restrictions.owner().toString())
                .put("managed_by", entry.managedBy())
                .put("task_id", entry.taskId());
        json.set("labels", Json.array(text.labels()));
        json.set("groups", KnowledgeJson.ids(restrictions.groups()));
        json.set("supported_agents", KnowledgeJson.ids(restrictions.agents()));
        json.set("supported_agents_groups", KnowledgeJson.ids(restrictions.agentsGroups()));
        ObjectNode properties = json.putObject("properties");
        new TreeMap<>(text.properties()).forEach(properties::put);
        json.putObject("metadata").put("format", entry.format());
        return json;
    }
}
