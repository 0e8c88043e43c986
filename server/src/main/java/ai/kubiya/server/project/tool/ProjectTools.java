package ai.kubiya.server.project.tool;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.tool.builtin.BuiltInTool;
import ai.kubiya.server.tool.builtin.CallArguments;
import ai.kubiya.server.tool.builtin.PlatformApi;
import ai.kubiya.server.tool.builtin.ToolFailed;
import ai.kubiya.server.tool.definition.Argument;
import ai.kubiya.server.tool.definition.ArgumentType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tools of agents for projects. */
public final class ProjectTools {
    private static final String PROJECT = "project";
    private static final String EXECUTION = "execution_id";
    private static final Argument OF_PROJECT =
            argument(PROJECT, ArgumentType.STRING, "name or id of the project", true);
    private static final int MOST_LISTED = 100;

    private ProjectTools() {}

    public static List<BuiltInTool> all() {
        return List.of(list(), plan(), explain(), apply(), outputs());
    }

    private static Argument argument(String name, ArgumentType type, String description, boolean required) {
        return argument(name, type, description, required, null);
    }

    private static Argument argument(
            String name, ArgumentType type, String description, boolean required, @Nullable JsonNode usual) {
        return new Argument(name, type, description, required, usual, List.of(), null);
    }

    private static BuiltInTool list() {
        return new BuiltInTool(
                BuiltInTool.PREFIX + "list_projects",
                "Lists the Terraform projects, with where their code is and what was done last with each.",
                List.of(argument(
                        "offset",
                        ArgumentType.INT,
                        "how many to skip; up to " + MOST_LISTED + " are listed",
                        false,
                        IntNode.valueOf(0))),
                (api, arguments, _) ->
                        listed(api.get("/v1/projects?limit=" + MOST_LISTED + "&offset=" + arguments.text("offset"))));
    }

    private static String listed(JsonNode page) {
        ObjectNode answer = Json.object();
        var rows = answer.putArray("projects");
        page.path("data").forEach(project -> {
            ObjectNode row = rows.addObject();
            for (String field : List.of("name", "id", "description", "status", "url", "branch", "path", "auto_apply")) {
                if (project.hasNonNull(field) && !project.path(field).asText().isEmpty()) {
                    row.set(field, project.path(field));
                }
            }
            JsonNode last = project.path("last_execution");
            if (!last.isEmpty()) {
                row.set("last_execution", RunText.brief(last));
            }
        });
        return Json.text(
                answer.put("total", page.path("pagination").path("total").asLong()));
    }

    private static BuiltInTool plan() {
        return new BuiltInTool(
                BuiltInTool.PREFIX + "plan_project",
                "Makes a Terraform plan of a project and waits for it. Changes nothing. Answers with a summary and the"
                        + " execution_id of the plan.",
                List.of(
                        OF_PROJECT,
                        argument(
                                "destroy",
                                ArgumentType.BOOL,
                                "plan the destruction of everything",
                                false,
                                BooleanNode.FALSE),
                        argument(
                                "refresh_only",
                                ArgumentType.BOOL,
                                "look only at what others changed",
                                false,
                                BooleanNode.FALSE),
                        argument("targets", ArgumentType.ARRAY, "addresses of the only resources to plan", false),
                        argument("replace", ArgumentType.ARRAY, "addresses of resources to create anew", false),
                        argument("message", ArgumentType.STRING, "why it is planned", false)),
                (api, arguments, cancellation) -> {
                    ObjectNode body = Json.object();
                    arguments.values().forEach(body::set);
                    body.remove(PROJECT);
                    ProjectApi projects = new ProjectApi(api, arguments.text(PROJECT));
                    return RunText.of(projects.done(projects.plan(body), cancellation), projects);
                });
    }

    private static BuiltInTool explain() {
        return new BuiltInTool(
                BuiltInTool.PREFIX + "explain_plan",
                "Shows what a plan of a project would change, resource by resource, with the values before and after."
                        + " Sensitive values are masked.",
                List.of(
                        OF_PROJECT,
                        argument(
                                EXECUTION,
                                ArgumentType.STRING,
                                "of the plan; the newest one if it is left out",
                                false)),
                (api, arguments, _) -> {
                    ProjectApi projects = new ProjectApi(api, arguments.text(PROJECT));
                    return RunText.explained(projects.executionOrNewest(arguments.text(EXECUTION)));
                });
    }

    private static BuiltInTool apply() {
        return new BuiltInTool(
                BuiltInTool.PREFIX + "apply_plan",
                "Applies a plan that was made before, and waits until that is done. People have to agree first, unless"
                        + " the project is applied without approvals anyhow.",
                List.of(OF_PROJECT, argument(EXECUTION, ArgumentType.STRING, "of the plan", true)),
                ProjectTools::toBeApproved,
                (api, arguments, cancellation) -> {
                    ProjectApi projects = new ProjectApi(api, arguments.text(PROJECT));
                    JsonNode begun = projects.approve(arguments.text(EXECUTION));
                    return RunText.of(projects.done(begun, cancellation), projects);
                });
    }

    /** A project that applies by itself has that said by whoever may change it; destructions never go by themselves. */
    private static Optional<String> toBeApproved(PlatformApi api, CallArguments arguments)
            throws ToolFailed, InterruptedException {
        ProjectApi projects = new ProjectApi(api, arguments.text(PROJECT));
        JsonNode plan = projects.execution(arguments.text(EXECUTION));
        projects.requireApplicable(plan);
        JsonNode project = projects.project();
        boolean destroys = plan.path("mode").asText().equals("destroy");
        return !destroys && project.path("auto_apply").asBoolean()
                ? Optional.empty()
                : Optional.of("Project \"" + project.path("name").asText() + "\": "
                        + plan.path("summary").asText());
    }

    private static BuiltInTool outputs() {
        return new BuiltInTool(
                BuiltInTool.PREFIX + "project_outputs",
                "Reads the outputs of a project as its state has them. Values of sensitive outputs are left out.",
                List.of(OF_PROJECT),
                (api, arguments, _) -> Json.text(new ProjectApi(api, arguments.text(PROJECT)).outputs()));
    }
}
