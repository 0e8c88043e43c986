package ai.kubiya.server.task.schedule;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.task.TaskDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schedules of prompts as Terraform, the older web app and tools know them. */
public final class ScheduledTaskCompatRoutes implements Routes {
    private static final String PATH = "/api/v1/scheduled_tasks";
    /** Without a zone: clients take a time with one for none at all. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Schedules schedules;

    public ScheduledTaskCompatRoutes(Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.TASKS_READ, this::list)
                .post(PATH, Scope.TASKS_EXECUTE, this::create)
                .get(PATH + "/{scheduled_task}", Scope.TASKS_READ, this::get)
                .delete(PATH + "/{scheduled_task}", Scope.TASKS_EXECUTE, this::delete);
    }

    private static UUID id(Request request) {
        return request.uuid("scheduled_task", "scheduled task");
    }

    private Response list(Request request) {
        return Response.list(
                request, schedules.list(request.caller(), null, request.range()).map(ScheduledTaskCompatRoutes::json));
    }

    private Response get(Request request) {
        return Response.ok(json(schedules.get(request.caller(), id(request))));
    }

    private Response delete(Request request) {
        schedules.delete(request.caller(), id(request), request.precondition());
        return Response.deleted();
    }

    private Response create(Request request) throws IOException {
        JsonFields fields = request.fields();
        JsonFields parameters = new JsonFields(fields.object("parameters"));
        Optional<String> agent = fields.text("selected_agent", 200)
                .or(() -> fields.text("agent", 200))
                .or(() -> parameters.text("selected_agent", 200));
        Optional<String> prompt =
                fields.text("task_description", 200_000).or(() -> parameters.text("message_text", 200_000));
        if (agent.isEmpty() || agent.get().isBlank()) {
            fields.problem("/selected_agent", "is required: the name or id of an agent");
        }
        if (prompt.isEmpty() || prompt.get().isBlank()) {
            fields.problem("/task_description", "is required: what the agent is told");
        }
        Optional<ScheduleRule> rule = rule(fields, parameters);
        fields.check(false);
        ObjectNode extra = Json.object()
                .put("agent", agent.orElseThrow())
                .put("agent_name", parameters.text("selected_agent_name", 200, ""))
                .put(
                        "user_email",
                        fields.text("user_email", 320, request.caller().email()))
                .put("channel_id", fields.text("channel_id", 500, ""))
                .put("task_type", fields.text("task_type", 50, "message"));
        JsonFields task = new JsonFields(Json.object().put("agent", agent.get()).put("prompt", prompt.orElseThrow()));
        TaskDefinition definition = TaskDefinition.of(task, false);
        task.check(false);
        Schedule schedule =
                schedules.create(request.caller(), definition.name(), definition, rule.orElseThrow(), extra);
        // One of the clients reads nothing but strings here.
        return Response.ok(Json.object()
                .put("task_id", schedule.id().toString())
                .put("task_uuid", schedule.id().toString())
                .put("status", status(schedule)));
    }

    /** The cron expression wins; a time of the year 1 is how a Go program says that there is none. */
    private static Optional<ScheduleRule> rule(JsonFields fields, JsonFields parameters) {
        String cron = fields.text("cron_string", 200)
                .filter(text -> !text.isBlank())
                .or(() -> parameters.text("cron_string", 200))
                .orElse("");
        String time = fields.text("schedule_time", 50)
                .or(() -> fields.text("scheduled_time", 50))
                .filter(text -> !text.startsWith("0001-"))
                .orElse("");
        ObjectNode when = Json.object();
        if (!cron.isBlank()) {
            when.put("cron", cron);
        } else {
            when.put("at", time);
        }
        JsonFields read = new JsonFields(when);
        Optional<ScheduleRule> rule = ScheduleRule.read(read);
        read.problems()
                .forEach(problem ->
                        fields.problem(cron.isBlank() ? "/schedule_time" : "/cron_string", problem.message()));
        return rule;
    }

    private static String status(Schedule schedule) {
        return schedule.status() == Schedule.Status.ACTIVE
                ? "scheduled"
                : schedule.status().wireName();
    }

    private static ObjectNode json(Schedule schedule) {
        ObjectNode extra = schedule.extra();
        String agent = extra.path("agent").asText(schedule.task().path("agent").asText(""));
        String cron = schedule.rule().cron();
        Instant at = schedule.rule().at();
        ObjectNode json = Json.object()
                .put("task_id", schedule.id().toString())
                .put("task_uuid", schedule.id().toString())
                .put("user_email", extra.path("user_email").asText(schedule.creatorEmail()))
                .put("channel_id", extra.path("channel_id").asText(""))
                .put("channel_name", extra.path("channel_id").asText(""))
                .put("task_description", schedule.task().path("prompt").asText())
                .put("agent", agent)
                .put("task_type", extra.path("task_type").asText("message"))
                .put("scheduled_time", time(at != null ? at : schedule.nextFireAt()))
                .put("next_schedule_time", time(schedule.nextFireAt()))
                .put("status", status(schedule));
        json.putObject("parameters")
                .put("repeat", cron != null)
                .put("cron_string", cron == null ? "" : cron)
                .put("context", agent)
                .put("message_text", schedule.task().path("prompt").asText())
                .put("selected_agent", agent)
                .put("selected_agent_name", extra.path("agent_name").asText(""));
        return json;
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : TIME.format(time);
    }
}
