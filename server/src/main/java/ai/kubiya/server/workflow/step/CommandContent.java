package ai.kubiya.server.workflow.step;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.workflow.definition.Step;
import ai.kubiya.server.workflow.definition.StepType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a tool of a step that runs a command. Values reach it as environment variables, which the shell itself looks up, and
 * where that cannot be as arguments of the tool, which are written as data into whatever language the script is in: what a
 * step printed can never become a part of the next one's program.
 */
final class CommandContent {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh");
    private static final Pattern SHELL_LINE = Pattern.compile("#!\\s*\\S*/(?:env\\s+)?(?:ba|da|a|z|k)?sh\\b");
    /** The kernel takes no longer one, and with it no program at all. */
    private static final int LONGEST_VARIABLE = 100_000;

    private final Step step;
    private final Variables variables;
    private final Set<String> requestSecrets;
    private final ObjectNode arguments = Json.object();
    private final Set<String> secrets = new LinkedHashSet<>();
    private final List<String> argumentNames = new ArrayList<>();

    /**
     * A tool and what it is called with.
     *
     * @param environment the values of variables
     */
    record Made(ObjectNode tool, ObjectNode arguments, Map<String, String> environment) {}

    private CommandContent(Step step, Variables variables, Set<String> requestSecrets) {
        this.step = step;
        this.variables = variables;
        this.requestSecrets = requestSecrets;
    }

    /** @param requestSecrets names of the secrets that came with the request */
    static Made of(Step step, Variables variables, Set<String> requestSecrets) {
        return new CommandContent(step, variables, requestSecrets).make();
    }

    private Made make() {
        ObjectNode tool = Json.object().put("name", step.name()).put("description", step.name());
        switch (step.type()) {
            case JQ -> jq(tool);
            case DOCKER -> docker(tool);
            default -> command(tool);
        }
        Map<String, String> environment = variables.simple();
        environment.putAll(step.env());
        environment.replaceAll((_, value) -> References.resolve(value, variables::get));
        environment.values().removeIf(value -> value.length() > LONGEST_VARIABLE);
        ArrayNode names = tool.putArray("env");
        environment.keySet().forEach(names::add);
        ArrayNode declared = tool.putArray("args");
        argumentNames.forEach(name ->
                declared.addObject().put("name", name).put("type", "string").put("description", "a value"));
        tool.set("secrets", Json.array(secrets));
        return new Made(tool, arguments, environment);
    }

    private void command(ObjectNode tool) {
        String image = step.config().path("image").asText();
        if (!image.isEmpty()) {
            tool.put("image", image);
        }
        String interpreter = interpreter();
        if (interpreter.startsWith("python")) {
            tool.put("type", "python").put("content", rewritten(step.script(), false));
        } else {
            tool.put("type", image.isEmpty() ? "script" : "docker").put("content", script(interpreter));
        }
    }

    /** The program that takes the script; empty = the script, or the command, is a program of the shell. */
    private String interpreter() {
        if (step.script().isBlank()) {
            return step.shell();
        }
        String program = step.command().strip();
        return program.isEmpty() ? step.shell() : program;
    }

    private String script(String interpreter) {
        String text = step.script().isBlank() ? step.command() : step.script();
        String program = interpreter.substring(interpreter.lastIndexOf('/') + 1);
        boolean shell = program.isEmpty() || SHELLS.contains(program.split(" ")[0]);
        boolean looksUp = text.startsWith("#!") ? isShell(text) : shell;
        String content = rewritten(text, looksUp);
        if (!step.directory().isEmpty() && shell) {
            content = "cd " + rewritten(step.directory(), true) + " || exit 1\n" + content;
        }
        if (interpreter.isEmpty() || content.startsWith("#!")) {
            return content;
        }
        return (interpreter.startsWith("/") ? "#!" : "#!/usr/bin/env ") + interpreter + "\n" + content;
    }

    private void docker(ObjectNode tool) {
        String content = step.config().path("content").asText();
        if (content.isBlank()) {
            content = step.config().path("command").asText();
        }
        if (content.isBlank()) {
            content = step.script().isBlank() ? step.command() : step.script();
        }
        boolean shell = !content.startsWith("#!") || isShell(content);
        tool.put("type", "docker")
                .put("image", step.config().path("image").asText())
                .put("content", rewritten(content, shell));
    }

    /** Whether the first line of a script names a shell. */
    private static boolean isShell(String script) {
        return SHELL_LINE.matcher(script).lookingAt();
    }

    private void jq(ObjectNode tool) {
        String query = step.config().path("query").asText(step.command());
        String input = References.resolve(step.script().isBlank() ? "null" : step.script(), variables::get);
        argument("kubiya_query", References.resolve(query, variables::get));
        tool.put("type", "script")
                .put(
                        "content",
                        "command -v jq >/dev/null || { echo 'the runner has no jq' >&2; exit 127; }\n" + "jq "
                                + (step.config().path("raw").asBoolean() ? "-r " : "")
                                + "\"{{.kubiya_query}}\" ~/input.json");
        tool.putArray("with_files")
                .addObject()
                .put("destination", "~/input.json")
                .put("content", input);
    }

    private void argument(String name, String value) {
        argumentNames.add(name);
        arguments.put(name, value);
    }

    /** @param shell whether the text looks up environment variables by itself */
    private String rewritten(String text, boolean shell) {
        return References.replace(text, (reference, path) -> {
            if (path.startsWith(Variables.SECRETS)) {
                return Optional.of(secret(path.substring(Variables.SECRETS.length()), shell));
            }
            if (shell && variables.isSimple(path) && reference.startsWith("$")) {
                return Optional.empty();
            }
            return variables.get(path).map(value -> {
                String name = "kubiya_value_" + argumentNames.size();
                argument(name, value);
                return "{{." + name + "}}";
            });
        });
    }

    private String secret(String name, boolean shell) {
        if (!shell) {
            throw ApiException.invalid(
                    "/steps/" + step.name(),
                    "a secret cannot stand in a script of another language than the shell's; read the environment"
                            + " variable " + name);
        }
        if (!requestSecrets.contains(name)) {
            secrets.add(name);
        }
        return "${" + name + "}";
    }

    /** Whether a step of this type becomes a tool here. */
    static boolean makes(StepType type) {
        return type == StepType.COMMAND || type == StepType.DOCKER || type == StepType.JQ;
    }
}
