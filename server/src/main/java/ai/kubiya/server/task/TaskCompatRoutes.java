package ai.kubiya.server.task;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Handler;
import ai.kubiya.server.http.MergePatch;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Uuids;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one address of the older API that tasks share with others. */
public final class TaskCompatRoutes implements Routes {
    private static final String PATH = TaskRoutes.COMPATIBLE + "/{task}";

    private final TaskService tasks;
    private final @Nullable OtherTaskRoutes others;

    /** @param others what ids that are no task's may name; null when there is nothing else */
    public TaskCompatRoutes(TaskService tasks, @Nullable OtherTaskRoutes others) {
        this.tasks = tasks;
        this.others = others;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.TASKS_READ, ours(this::get, others == null ? null : others::get))
                .put(PATH, Scope.TASKS_EXECUTE, ours(this::put, others == null ? null : others::put))
                .delete(PATH, Scope.TASKS_EXECUTE, ours(this::delete, others == null ? null : others::delete));
    }

    private Handler ours(Handler own, @Nullable Handler other) {
        return request -> {
            boolean task = Uuids.parse(request.parameter("task"))
                    .filter(id -> tasks.exists(request.caller(), id))
                    .isPresent();
            return task || other == null ? own.handle(request) : other.handle(request);
        };
    }

    private Response get(Request request) {
        return TaskRoutes.shown(tasks.get(request.caller(), TaskRoutes.id(request)));
    }

    private Response put(Request request) throws IOException {
        ObjectNode sent = request.jsonObject();
        return TaskRoutes.shown(tasks.update(
                request.caller(),
                TaskRoutes.id(request),
                request.precondition(),
                stored -> MergePatch.replaceSent(stored, sent),
                false));
    }

    private Response delete(Request request) {
        tasks.delete(request.caller(), TaskRoutes.id(request), request.precondition());
        return Response.deleted();
    }
}
