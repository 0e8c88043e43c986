package ai.kubiya.server.project;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.project.code.CodeLocation;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.task.schedule.Cron;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say about a project (contract, section 10).
 *
 * @param templateId the template it was made from; empty = none
 * @param variables what its variables are set to; sensitive values are masked here
 * @param environment environment variables for Terraform and its providers
 * @param runner the name of the runner that plans and applies; every built-in name means the server's own
 * @param autoApply whether a plan is applied without anybody's approval
 * @param driftSchedule when drift is looked for; empty = never
 */
public record ProjectDefinition(
        String name,
        String description,
        List<String> icons,
        CodeLocation code,
        String templateId,
        List<VariableValue> variables,
        List<SecretVariable> secrets,
        Map<String, String> environment,
        String runner,
        boolean autoApply,
        String driftSchedule,
        String managedBy,
        String taskId) {

    /** Fields that only the server sets; clients send them back after reading them. */
    static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "readme",
            "commit",
            "status",
            "providers",
            "resources",
            "outputs",
            "code_errors",
            "created_by",
            "updated_by",
            "created_at",
            "updated_at",
            "last_execution");

    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");
    /** Set for every run; a project has no business with them. */
    private static final Pattern OURS = Pattern.compile(
            "TF_CLI_CONFIG_FILE|TF_DATA_DIR|TF_IN_AUTOMATION|TF_INPUT|TF_HTTP_.*|TF_CLI_ARGS.*|TF_WORKSPACE|TF_LOG.*|PATH|HOME|LD_.*");

    static ProjectDefinition of(JsonFields fields) {
        fields.ignore(READ_ONLY);
        String template = fields.text("template_id", 4000, "");
        String useCase = fields.text("usecase_id", 4000, template);
        if (!template.isEmpty() && !useCase.equals(template)) {
            fields.problem("/usecase_id", "is another name of template_id and must not differ from it");
        }
        return new ProjectDefinition(
                fields.requiredText("name", 200),
                fields.text("description", 10_000, ""),
                fields.texts("icons"),
                location(fields),
                template.isEmpty() ? useCase : template,
                variables(fields),
                secrets(fields),
                environment(fields),
                runner(fields),
                fields.flag("auto_apply", false),
                driftSchedule(fields),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    static CodeLocation location(JsonFields fields) {
        String url = fields.text("url", 2000, "").trim();
        CodeLocation location = new CodeLocation(
                url,
                fields.text("branch", 500, "").trim(),
                path(fields.text("path", 1000, "")),
                InlineFiles.of(fields));
        if (location.isGit() && location.isInline()) {
            fields.problem("/files", "cannot stand beside url: the code is in a repository, or it is sent along");
        }
        if (!location.isGit() && !location.branch().isEmpty()) {
            fields.problem("/branch", "is a branch of the repository at url, which is missing");
        }
        if (!location.isGit() && !location.path().isEmpty()) {
            fields.problem("/path", "is a folder of the repository at url, which is missing");
        }
        if (List.of(location.path().split("/")).contains("..")) {
            fields.problem("/path", "must be a folder within the repository: \"..\" leads out of it");
        }
        return location;
    }

    private static String driftSchedule(JsonFields fields) {
        String schedule = fields.text("drift_schedule", 200, "").trim();
        if (!schedule.isEmpty()) {
            try {
                Cron.of(schedule, ZoneOffset.UTC);
            } catch (IllegalArgumentException e) {
                fields.problem("/drift_schedule", "is no cron expression: " + e.getMessage());
            }
        }
        return schedule;
    }

    private static String path(String path) {
        return path.trim().replaceAll("^(\\./+|/+)+", "").replaceAll("/+$", "").replaceAll("^\\.$", "");
    }

    private static String runner(JsonFields fields) {
        String runner = fields.text("runner", 200, "").trim();
        return runner.isEmpty() ? Runners.LOCAL : runner;
    }

    private static Map<String, String> environment(JsonFields fields) {
        Map<String, String> environment = fields.textMap("environment_variables");
        environment.keySet().forEach(name -> checkEnvironmentName(fields, "/environment_variables/" + name, name));
        return environment;
    }

    private static void checkEnvironmentName(JsonFields fields, String pointer, String name) {
        if (!ENVIRONMENT.matcher(name).matches()) {
            fields.problem(pointer, "\"" + name + "\" is not the name of an environment variable");
        } else if (OURS.matcher(name).matches()) {
            fields.problem(pointer, name + " is set by the server for every run");
        }
    }

    private static List<SecretVariable> secrets(JsonFields fields) {
        List<SecretVariable> secrets = new ArrayList<>();
        List<JsonNode> elements = fields.elements("secrets");
        for (int i = 0; i < elements.size(); i++) {
            String pointer = "/secrets/" + i;
            JsonNode element = elements.get(i);
            String name = element.isTextual()
                    ? element.textValue()
                    : element.path("name").asText("");
            if (name.isBlank()) {
                fields.problem(pointer, "must be the name of a secret, or {\"name\": …, \"to_env\": …}");
                continue;
            }
            String environment =
                    element.path("to_env").asText(element.path("toEnv").asText(""));
            SecretVariable secret =
                    new SecretVariable(name, environment.isBlank() ? defaultEnvironment(name) : environment);
            checkEnvironmentName(fields, pointer + "/to_env", secret.environment());
            secrets.add(secret);
        }
        return List.copyOf(secrets);
    }

    private static String defaultEnvironment(String secret) {
        return secret.replace('.', '_').replace('-', '_');
    }

    private static List<VariableValue> variables(JsonFields fields) {
        List<VariableValue> variables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<JsonNode> elements = fields.elements("variables");
        for (int i = 0; i < elements.size(); i++) {
            String pointer = "/variables/" + i;
            if (!(elements.get(i) instanceof ObjectNode object)) {
                fields.problem(pointer, "must be an object, got " + JsonFields.kind(elements.get(i)));
                continue;
            }
            String name = object.path("name").asText("");
            if (!VARIABLE.matcher(name).matches()) {
                fields.problem(pointer + "/name", "must be the name of a Terraform variable");
            } else if (!names.add(name)) {
                fields.problem(pointer + "/name", "the variable \"" + name + "\" stands here twice");
            } else {
                @Nullable VariableValue value = variable(fields, pointer, name, object);
                if (value != null) {
                    variables.add(value);
                }
            }
        }
        return List.copyOf(variables);
    }

    /** Null when it is set to nothing: answers list declared variables without a value too. */
    private static @Nullable VariableValue variable(JsonFields fields, String pointer, String name, ObjectNode object) {
        JsonNode value = object.path("value");
        boolean set = !value.isMissingNode() && !value.isNull();
        if (object.hasNonNull("secret")) {
            if (set) {
                fields.problem(pointer + "/value", "cannot stand beside secret: the value is sent, or a secret has it");
            }
            return new VariableValue(name, null, object.get("secret").asText(), true);
        }
        return set
                ? new VariableValue(name, value, null, object.path("sensitive").asBoolean(false))
                : null;
    }

    /** The fields as a client would send them. */
    ObjectNode toJson() {
        ObjectNode json = Json.object().put("name", name).put("description", description);
        json.set("icons", Json.array(icons));
        json.put("url", code.url()).put("branch", code.branch()).put("path", code.path());
        ObjectNode files = json.putObject("files");
        code.files().forEach(files::put);
        json.put("template_id", templateId).put("usecase_id", templateId);
        json.set("variables", variablesJson());
        json.set("secrets", secretsJson());
        json.set("environment_variables", environmentJson());
        return json.put("runner", runner)
                .put("auto_apply", autoApply)
                .put("drift_schedule", driftSchedule)
                .put("managed_by", managedBy)
                .put("task_id", taskId);
    }

    ArrayNode variablesJson() {
        ArrayNode array = Json.array();
        variables.forEach(variable -> array.add(variable.toJson()));
        return array;
    }

    ArrayNode secretsJson() {
        ArrayNode array = Json.array();
        secrets.forEach(secret -> array.add(secret.toJson()));
        return array;
    }

    ObjectNode environmentJson() {
        ObjectNode json = Json.object();
        environment.forEach(json::put);
        return json;
    }

    ProjectDefinition withVariables(List<VariableValue> changed) {
        return new ProjectDefinition(
                name,
                description,
                icons,
                code,
                templateId,
                changed,
                secrets,
                environment,
                runner,
                autoApply,
                driftSchedule,
                managedBy,
                taskId);
    }

    ProjectDefinition withRunner(String name) {
        return new ProjectDefinition(
                this.name,
                description,
                icons,
                code,
                templateId,
                variables,
                secrets,
                environment,
                name,
                autoApply,
                driftSchedule,
                managedBy,
                taskId);
    }

    /** All secrets that it names. */
    public List<String> secretNames() {
        List<String> names =
                new ArrayList<>(secrets.stream().map(SecretVariable::name).toList());
        variables.stream().map(VariableValue::secret).filter(Objects::nonNull).forEach(names::add);
        return List.copyOf(names);
    }

    /** Whether a plan of the one is still right for the other. */
    boolean hasInputsOf(ProjectDefinition other) {
        return code.equals(other.code)
                && runner.equals(other.runner)
                && variables.equals(other.variables)
                && secrets.equals(other.secrets)
                && environment.equals(other.environment);
    }
}
