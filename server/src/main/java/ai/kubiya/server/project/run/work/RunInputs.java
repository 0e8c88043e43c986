package ai.kubiya.server.project.run.work;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.SecretVariable;
import ai.kubiya.server.project.VariableValue;
import ai.kubiya.server.project.code.DeclaredVariable;
import ai.kubiya.server.project.code.ModuleCode;
import ai.kubiya.server.secret.SecretName;
import ai.kubiya.server.secret.Secrets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Terraform is given besides the code, with all secret values.
 *
 * @param variables values of the variables that the code declares
 * @param secrets environment variables whose values nobody may see
 * @param masked other values that nobody may see
 * @param sensitive names of the variables that nobody may see the values of
 */
public record RunInputs(
        ObjectNode variables,
        Map<String, String> environment,
        Map<String, String> secrets,
        List<String> masked,
        Set<String> sensitive) {

    /** Gathers them; to be called when a run begins, so that they are in memory for no longer than that. */
    static RunInputs of(Project project, ModuleCode code, ProjectService projects, Secrets secrets) {
        Map<String, String> secretValues =
                secrets.values(project.organizationId(), project.definition().secretNames());
        ObjectNode sealed = projects.sensitiveValues(project);
        ObjectNode variables = Json.object();
        List<String> masked = new ArrayList<>();
        Set<String> sensitive = new HashSet<>();
        for (VariableValue value : project.definition().variables()) {
            if (code.isRead() && code.variable(value.name()).isEmpty()) {
                continue;
            }
            String secret = value.secret();
            @Nullable
            JsonNode given = secret != null
                    ? Json.MAPPER.getNodeFactory().textNode(secretValues.getOrDefault(SecretName.variable(secret), ""))
                    : value.sensitive() ? sealed.path(value.name()) : value.value();
            variables.set(value.name(), given);
            if (secret != null || value.sensitive()) {
                sensitive.add(value.name());
                if (given != null) {
                    addTexts(given, masked);
                }
            }
        }
        code.variables().stream()
                .filter(DeclaredVariable::sensitive)
                .map(DeclaredVariable::name)
                .forEach(sensitive::add);
        Map<String, String> environment = new HashMap<>(project.definition().environment());
        environment.put("TASK_UUID", project.id().toString());
        environment.put("MANAGED_BY", "kubiya");
        Map<String, String> secretEnvironment = new HashMap<>();
        for (SecretVariable one : project.definition().secrets()) {
            secretEnvironment.put(one.environment(), secretValues.getOrDefault(SecretName.variable(one.name()), ""));
        }
        return new RunInputs(variables, environment, secretEnvironment, masked, sensitive);
    }

    private static void addTexts(JsonNode value, List<String> to) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return;
        }
        if (value.isValueNode()) {
            // Numbers and flags are found everywhere, and hiding them all would hide the rest too.
            if (value.isTextual()) {
                to.add(value.textValue());
            }
            return;
        }
        value.forEach(inner -> addTexts(inner, to));
    }

    /** Names what goes into a plan: the same for the same values. */
    String digest() {
        TreeMap<String, String> all = new TreeMap<>();
        variables
                .properties()
                .forEach(variable ->
                        all.put(variable.getKey(), variable.getValue().toString()));
        try {
            byte[] text = Json.text(all).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never prints values. */
    @Override
    public String toString() {
        return "RunInputs" + variables.propertyStream().map(Map.Entry::getKey).toList();
    }
}
