package ai.kubiya.server.integration;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One configuration of an integration. Credentials among its fields have {@link #MASK} for a value, here and in answers;
 * their values are elsewhere.
 *
 * @param fields what the other side calls them
 * @param credentials names of fields that are credentials besides those that the rule takes
 * @param plain names of fields that are none although the rule takes them
 */
record IntegrationConfig(
        String name, boolean isDefault, Map<String, String> fields, Set<String> credentials, Set<String> plain) {
    static final String MASK = "********";

    private static final int MOST_CONFIGS = 100;
    private static final int MOST_FIELDS = 100;
    private static final int LONGEST_VALUE = 64 << 10;

    IntegrationConfig {
        fields = Map.copyOf(fields);
        credentials = Set.copyOf(credentials);
        plain = Set.copyOf(plain);
    }

    boolean isCredential(String field) {
        return credentials.contains(field) || (CredentialRule.takes(field) && !plain.contains(field));
    }

    IntegrationConfig withFields(Map<String, String> others) {
        return new IntegrationConfig(name, isDefault, others, credentials, plain);
    }

    /** With what the values say: a password in a url makes a credential of any field. */
    IntegrationConfig withTellingValues() {
        Set<String> more = new HashSet<>(credentials);
        fields.forEach((field, value) -> {
            if (!plain.contains(field) && CredentialRule.tells(value)) {
                more.add(field);
            }
        });
        return new IntegrationConfig(name, isDefault, fields, more, plain);
    }

    /** Reads the configurations of an integration and notes what is wrong with them. */
    static List<IntegrationConfig> listOf(JsonFields integration, boolean strict) {
        List<JsonNode> elements = integration.elements("configs");
        if (elements.size() > MOST_CONFIGS) {
            integration.problem("/configs", "must be at most " + MOST_CONFIGS + ", got " + elements.size());
            return List.of();
        }
        List<IntegrationConfig> configs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean hasDefault = false;
        for (int i = 0; i < elements.size(); i++) {
            String pointer = "/configs/" + i;
            if (!(elements.get(i) instanceof ObjectNode object)) {
                integration.problem(pointer, "must be an object, got " + JsonFields.kind(elements.get(i)));
                continue;
            }
            IntegrationConfig config = of(object, pointer, integration, strict);
            if (!names.add(config.name)) {
                integration.problem(pointer + "/name", "is the name of another configuration too");
            }
            if (config.isDefault && hasDefault) {
                integration.problem(pointer + "/is_default", "must be true for one configuration at most");
            }
            hasDefault |= config.isDefault;
            configs.add(config);
        }
        return List.copyOf(configs);
    }

    private static IntegrationConfig of(ObjectNode object, String pointer, JsonFields integration, boolean strict) {
        JsonFields fields = new JsonFields(object);
        IntegrationConfig config = new IntegrationConfig(
                fields.requiredText("name", 200),
                fields.flag("is_default", false),
                fields.textMap("vendor_specific"),
                Set.copyOf(fields.texts("credentials").stream().distinct().toList()),
                Set.copyOf(fields.texts("plain").stream().distinct().toList()));
        config.check(fields);
        try {
            fields.check(strict);
        } catch (ApiException e) {
            e.problems().forEach(problem -> integration.problem(pointer + problem.field(), problem.message()));
        }
        return config;
    }

    private void check(JsonFields problems) {
        if (fields.size() > MOST_FIELDS) {
            problems.problem("/vendor_specific", "must have at most " + MOST_FIELDS + " fields, got " + fields.size());
        }
        fields.forEach((field, value) -> {
            if (value.length() > LONGEST_VALUE) {
                problems.problem("/vendor_specific/" + field, "must have at most " + LONGEST_VALUE + " characters");
            }
        });
        for (String field : plain) {
            if (credentials.contains(field)) {
                problems.problem(
                        "/plain", "names \"" + field + "\", which credentials names too; name it in one of them");
            }
        }
    }

    /**
     * The wire form, which is also the stored one.
     *
     * @param answer with the names of all credentials, not only of those that were named
     */
    ObjectNode toJson(boolean answer) {
        ObjectNode json = Json.object().put("name", name).put("is_default", isDefault);
        ObjectNode vendor = json.putObject("vendor_specific");
        new TreeMap<>(fields).forEach(vendor::put);
        List<String> named = answer
                ? fields.keySet().stream().filter(this::isCredential).sorted().toList()
                : credentials.stream().sorted().toList();
        json.set("credentials", Json.array(named));
        json.set("plain", Json.array(plain.stream().sorted().toList()));
        return json;
    }

    static ArrayNode toJson(List<IntegrationConfig> configs, boolean answer) {
        ArrayNode array = Json.array();
        configs.forEach(config -> array.add(config.toJson(answer)));
        return array;
    }
}
