package ai.kubiya.server.state.content;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An instance of a resource or data source. Its attributes are left out: which of them are secret, not even Terraform
 * always knows.
 *
 * @param address as Terraform names it: {@code module.net.terraform_data.server["a"]}
 * @param module the module's address; empty = the root
 * @param mode {@code managed} or {@code data}
 * @param id the provider's id of it; empty when it has none
 * @param status {@code created}, {@code tainted} or {@code deposed}
 * @param dependsOn addresses of resources
 */
public record StateResource(
        String address,
        String module,
        String mode,
        String type,
        String name,
        String provider,
        String id,
        String status,
        List<String> dependsOn) {
    public StateResource {
        dependsOn = List.copyOf(dependsOn);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("address", address)
                .put("module", module)
                .put("mode", mode)
                .put("type", type)
                .put("name", name)
                .put("provider", provider)
                .put("id", id)
                .put("status", status);
        json.set("depends_on", Json.array(dependsOn));
        return json;
    }

    /** The resources of a state that was taken before, in its order. */
    static List<StateResource> read(InputStream in) throws IOException {
        return StateReader.readKept(in, reader -> {
            List<StateResource> resources = new ArrayList<>();
            reader.document((member, value) -> {
                if (member.equals("resources") && value.isArray()) {
                    value.elements(resource -> new Block().read(resource, resources));
                }
            });
            return List.copyOf(resources);
        });
    }

    /** A resource block with its instances. Its members come in any order, so instances wait for its name. */
    private static final class Block {
        private final List<Instance> instances = new ArrayList<>();
        private String module = "";
        private String mode = "managed";
        private String type = "";
        private String name = "";
        private String provider = "";

        private record Instance(String index, String id, String status, List<String> dependsOn) {}

        private void read(StateReader resource, List<StateResource> into) throws IOException {
            if (!resource.isObject()) {
                return;
            }
            resource.members((member, value) -> {
                switch (member) {
                    case "module" -> module = value.text();
                    case "mode" -> mode = value.text();
                    case "type" -> type = value.text();
                    case "name" -> name = value.text();
                    case "provider" -> provider = value.text();
                    case "instances" -> {
                        if (value.isArray()) {
                            value.elements(this::instance);
                        }
                    }
                    default -> {
                        // each, schema and the like
                    }
                }
            });
            for (Instance instance : instances) {
                String own = (mode.equals("data") ? "data." : "") + type + "." + name + instance.index();
                into.add(new StateResource(
                        module.isEmpty() ? own : module + "." + own,
                        module,
                        mode,
                        type,
                        name,
                        provider,
                        instance.id(),
                        instance.status(),
                        instance.dependsOn()));
            }
        }

        private void instance(StateReader instance) throws IOException {
            if (!instance.isObject()) {
                return;
            }
            String[] found = {"", "", "created"};
            List<String> dependsOn = new ArrayList<>();
            instance.members((member, value) -> {
                switch (member) {
                    case "index_key" -> found[0] = index(value.tree());
                    case "attributes" -> {
                        if (value.isObject()) {
                            value.members((attribute, content) -> {
                                if (attribute.equals("id")) {
                                    found[1] = content.text();
                                }
                            });
                        }
                    }
                    case "status" -> found[2] = value.text();
                    case "deposed" -> found[2] = "deposed";
                    case "dependencies" -> {
                        if (value.isArray()) {
                            value.elements(address -> dependsOn.add(address.text()));
                        }
                    }
                    default -> {
                        // private data of the provider
                    }
                }
            });
            instances.add(new Instance(found[0], found[1], found[2], List.copyOf(dependsOn)));
        }

        private static String index(JsonNode key) {
            return key.isTextual() ? "[" + Json.text(key.textValue()) + "]" : "[" + key.asText() + "]";
        }
    }
}
