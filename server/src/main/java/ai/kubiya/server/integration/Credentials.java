package ai.kubiya.server.integration;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of an integration's credentials, by configuration and field. */
final class Credentials {
    private final ObjectNode values;

    private Credentials(ObjectNode values) {
        this.values = values;
    }

    static Credentials none() {
        return new Credentials(Json.object());
    }

    static Credentials parse(String json) {
        return new Credentials(Json.parseObject(json));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    String json() {
        return Json.text(values);
    }

    private Optional<String> find(String config, String field) {
        return Optional.ofNullable(values.path(config).path(field).textValue());
    }

    /** The fields of a configuration with the values in place of the masks. */
    Map<String, String> fill(IntegrationConfig config) {
        Map<String, String> filled = new HashMap<>(config.fields());
        filled.replaceAll((field, value) ->
                config.isCredential(field) ? find(config.name(), field).orElse("") : value);
        return filled;
    }

    /** What is left of a definition when its credentials are taken out of it. */
    record Split(IntegrationDefinition definition, Credentials credentials) {}

    /**
     * Takes the credentials out of what a client sent. The mask stands for the value that is stored here.
     *
     * @param fields notes masks that stand for nothing
     */
    Split take(IntegrationDefinition sent, JsonFields fields) {
        ObjectNode taken = Json.object();
        List<IntegrationConfig> configs = new ArrayList<>();
        for (int i = 0; i < sent.configs().size(); i++) {
            IntegrationConfig config = sent.configs().get(i).withTellingValues();
            String pointer = "/configs/" + i + "/vendor_specific/";
            Map<String, String> left = new HashMap<>();
            config.fields().forEach((field, value) -> {
                boolean masked = value.equals(IntegrationConfig.MASK);
                if (!config.isCredential(field)) {
                    if (masked && find(config.name(), field).isPresent()) {
                        fields.problem(
                                pointer + field,
                                "was a credential until now: send its value, or leave it out, to make it a plain field");
                    }
                    left.put(field, value);
                    return;
                }
                Optional<String> kept = masked ? find(config.name(), field) : Optional.of(value);
                if (kept.isEmpty()) {
                    fields.problem(
                            pointer + field,
                            "is the mask that answers have in place of credentials, and there is no stored value that it"
                                    + " could stand for: send the value");
                }
                kept.ifPresent(one -> taken.withObjectProperty(config.name()).put(field, one));
                left.put(field, IntegrationConfig.MASK);
            });
            configs.add(config.withFields(left));
        }
        return new Split(sent.withConfigs(configs), new Credentials(taken));
    }

    /** Never the values. */
    @Override
    public String toString() {
        return "Credentials";
    }
}
