package ai.kubiya.server.project.run.plan;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which resources refer to which: from the code that a plan was made of, and from what Terraform noted in the state, which
 * also knows of references through locals. Addresses are without the indexes of instances; there are no values in it.
 */
final class PlanDependencies {
    private final Map<String, Set<String>> found = new TreeMap<>();
    private final Map<String, Module> modules = new HashMap<>();

    private PlanDependencies() {}

    /** Addresses of what each resource depends on, by its own address. */
    static ObjectNode of(JsonNode plan) {
        PlanDependencies dependencies = new PlanDependencies();
        dependencies.module(Module.of(plan.at("/configuration/root_module"), "", null, plan));
        dependencies.state(plan.at("/prior_state/values/root_module"));
        ObjectNode json = Json.object();
        dependencies.found.forEach((address, others) -> json.set(address, Json.array(others)));
        return json;
    }

    /**
     * A module as the code has it.
     *
     * @param declared addresses of its resources within it
     * @param prefix what its addresses begin with
     * @param caller the module that calls it; null for the root
     * @param call how it is called
     */
    private record Module(
            JsonNode code,
            Set<String> declared,
            String prefix,
            @Nullable Module caller,
            JsonNode call) {

        static Module of(JsonNode code, String prefix, @Nullable Module caller, JsonNode call) {
            Set<String> declared = new HashSet<>();
            code.path("resources")
                    .forEach(resource -> declared.add(resource.path("address").asText()));
            return new Module(code, declared, prefix, caller, call);
        }
    }

    private void module(Module module) {
        for (JsonNode resource : module.code().path("resources")) {
            String address = module.prefix() + resource.path("address").asText();
            Set<String> others = found.computeIfAbsent(address, key -> new TreeSet<>());
            Set<String> seen = new HashSet<>();
            references(resource, module, others, seen);
            for (Module at = module; at.caller() != null; at = at.caller()) {
                JsonNode call = at.call();
                for (String part : new String[] {"depends_on", "for_each_expression", "count_expression"}) {
                    references(call.path(part), at.caller(), others, seen);
                }
            }
            others.remove(address);
        }
        module.code().path("module_calls").properties().forEach(call -> module(called(module, call.getKey())));
    }

    private Module called(Module module, String name) {
        String prefix = module.prefix() + "module." + name + ".";
        Module known = modules.get(prefix);
        if (known != null) {
            return known;
        }
        JsonNode call = module.code().path("module_calls").path(name);
        Module called = Module.of(call.path("module"), prefix, module, call);
        modules.put(prefix, called);
        return called;
    }

    /** Goes through everything that is said of something, and resolves what it refers to. */
    private void references(JsonNode said, Module module, Set<String> into, Set<String> seen) {
        if (said.isArray()) {
            said.forEach(one -> {
                if (one.isTextual()) {
                    resolve(one.asText(), module, into, seen);
                } else {
                    references(one, module, into, seen);
                }
            });
        } else if (said.isObject()) {
            said.properties().forEach(field -> {
                if (field.getValue().isContainerNode() && !field.getKey().equals("constant_value")) {
                    references(field.getValue(), module, into, seen);
                }
            });
        }
    }

    private void resolve(String reference, Module module, Set<String> into, Set<String> seen) {
        if (!seen.add(module.prefix() + reference)) {
            return;
        }
        String[] words = withoutIndexes(reference).split("\\.", -1);
        if (words.length < 2) {
            return;
        }
        switch (words[0]) {
            case "var" -> {
                if (module.caller() != null) {
                    references(module.call().path("expressions").path(words[1]), module.caller(), into, seen);
                }
            }
            case "module" -> {
                Module called = called(module, words[1]);
                JsonNode outputs = called.code().path("outputs");
                if (words.length > 2) {
                    references(outputs.path(words[2]), called, into, seen);
                } else {
                    references(outputs, called, into, seen);
                }
            }
            case "each", "count", "self", "path", "terraform", "local" -> {}
            default -> {
                int length = words[0].equals("data") ? 3 : 2;
                if (words.length >= length) {
                    String address = String.join(".", Arrays.asList(words).subList(0, length));
                    if (module.declared().contains(address)) {
                        into.add(module.prefix() + address);
                    }
                }
            }
        }
    }

    private void state(JsonNode module) {
        for (JsonNode resource : module.path("resources")) {
            String address = withoutIndexes(resource.path("address").asText());
            for (JsonNode other : resource.path("depends_on")) {
                if (found.containsKey(address) && found.containsKey(other.asText())) {
                    found.getOrDefault(address, Set.of()).add(other.asText());
                }
            }
        }
        module.path("child_modules").forEach(this::state);
    }

    /** An index may hold any text, brackets and dots in quotes among them; possessive, or a long one takes the stack. */
    static String withoutIndexes(String address) {
        return address.replaceAll("\\[(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|[^\\]\"]*+)\\]", "");
    }
}
