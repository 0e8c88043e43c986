package ai.kubiya.server.task;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.task.log.TaskLogRoutes;
import ai.kubiya.server.task.log.TaskLogs;
import ai.kubiya.server.task.schedule.ScheduleRule;
import ai.kubiya.server.task.schedule.Schedules;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** HTTP of tasks on both surfaces; what the older one has besides is in {@link TaskCompatRoutes}. */
public final class TaskRoutes implements Routes {
    static final String DOCUMENTED = "/v1/tasks";
    static final String COMPATIBLE = "/api/v1/tasks";

    private static final Map<String, String> ORDERS =
            Map.of("created_at", "created_at", "updated_at", "updated_at", "status", "status");

    private final TaskService tasks;
    private final Schedules schedules;
    private final TaskLogRoutes logs;

    public TaskRoutes(TaskService tasks, Schedules schedules, TaskLogs logs) {
        this.tasks = tasks;
        this.schedules = schedules;
        this.logs = new TaskLogRoutes(tasks, logs);
    }

    @Override
    public void addTo(Router router) {
        router.get(DOCUMENTED + "/{task}", Scope.TASKS_READ, this::get)
                .put(DOCUMENTED + "/{task}", Scope.TASKS_EXECUTE, request -> change(request, false))
                .patch(DOCUMENTED + "/{task}", Scope.TASKS_EXECUTE, request -> change(request, true))
                .delete(DOCUMENTED + "/{task}", Scope.TASKS_EXECUTE, this::delete);
        for (String base : List.of(DOCUMENTED, COMPATIBLE)) {
            router.get(base, Scope.TASKS_READ, this::list)
                    .post(base, Scope.TASKS_EXECUTE, this::create)
                    .put(base + "/{task}/cancel", Scope.TASKS_EXECUTE, this::cancel)
                    .get(base + "/{task}/status", Scope.TASKS_READ, this::status)
                    .get(base + "/{task}/logs", Scope.TASKS_READ, logs::logs)
                    .get(base + "/agent/{agent}", Scope.TASKS_READ, this::listOfAgent)
                    .get(base + "/runner/{runner}", Scope.TASKS_READ, this::listOfRunner);
        }
    }

    private Response list(Request request) {
        return list(
                request,
                request.query("agent").orElse(null),
                request.query("runner").orElse(null));
    }

    private Response listOfAgent(Request request) {
        UUID agent = tasks.existingAgent(request.caller(), request.parameter("agent"));
        return list(request, agent.toString(), null);
    }

    private Response listOfRunner(Request request) {
        return list(request, null, tasks.existingRunner(request.caller(), request.parameter("runner")));
    }

    private Response list(Request request, @Nullable String agent, @Nullable String runner) {
        TaskStore.Filter filter = new TaskStore.Filter(
                request.query("status").map(TaskRoutes::statusOf).orElse(null),
                agent == null ? null : tasks.agent(request.caller(), agent),
                runner,
                null,
                order(request));
        return Response.list(
                request, tasks.list(request.caller(), filter, request.range()).map(TaskJson::of));
    }

    private static TaskStatus statusOf(String text) {
        try {
            return TaskStatus.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(
                    "status", "must be pending, running, completed, failed or cancelled, got \"" + text + "\"");
        }
    }

    private static @Nullable String order(Request request) {
        Optional<String> sort = request.query("sort");
        String direction = switch (request.query("order").orElse("desc").toLowerCase(Locale.ROOT)) {
            case "asc" -> " ASC";
            case "desc" -> " DESC";
            default -> throw ApiException.invalid("order", "must be asc or desc");
        };
        if (sort.isEmpty() && direction.equals(" DESC")) {
            return null;
        }
        String column = ORDERS.get(sort.orElse("created_at"));
        if (column == null) {
            throw ApiException.invalid("sort", "must be created_at, updated_at or status, got \"" + sort.get() + "\"");
        }
        return column + direction;
    }

    private Response create(Request request) throws IOException {
        JsonFields fields = request.fields();
        Optional<ScheduleRule> when = ScheduleRule.of(fields, "schedule");
        TaskDefinition definition = TaskDefinition.of(fields, request.strict());
        fields.check(request.strict());
        Task task = when.isPresent()
                ? schedules.createWithTask(request.caller(), definition, when.get())
                : tasks.create(request.caller(), definition);
        return Response.created(request, DOCUMENTED + "/" + task.id(), TaskJson.of(task))
                .withTag(task.id(), task.version());
    }

    static UUID id(Request request) {
        return request.uuid("task", "task");
    }

    private Response get(Request request) {
        return shown(tasks.get(request.caller(), id(request)));
    }

    static Response shown(Task task) {
        return Response.ok(TaskJson.of(task)).withTag(task.id(), task.version());
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(tasks.update(
                request.caller(),
                id(request),
                request.precondition(),
                stored -> merge ? MergePatch.merge(stored, sent) : MergePatch.replaceSent(stored, sent),
                request.strict()));
    }

    private Response delete(Request request) {
        tasks.delete(request.caller(), id(request), request.precondition());
        return Response.deleted();
    }

    private Response cancel(Request request) {
        return Response.ok(TaskJson.cancelled(tasks.cancel(request.caller(), id(request))));
    }

    private Response status(Request request) {
        Task task = tasks.get(request.caller(), id(request));
        return Response.ok(TaskJson.status(task, tasks.progress(task)));
    }
}
