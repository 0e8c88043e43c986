package ai.kubiya.server.task.schedule;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;

/** HTTP of schedules on the documented surface. */
public final class ScheduleRoutes implements Routes {
    private static final String PATH = "/v1/schedules";

    private final Schedules schedules;

    public ScheduleRoutes(Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.TASKS_READ, this::list)
                .post(PATH, Scope.TASKS_EXECUTE, this::create)
                .get(PATH + "/{schedule}", Scope.TASKS_READ, this::get)
                .put(PATH + "/{schedule}", Scope.TASKS_EXECUTE, request -> change(request, false))
                .patch(PATH + "/{schedule}", Scope.TASKS_EXECUTE, request -> change(request, true))
                .delete(PATH + "/{schedule}", Scope.TASKS_EXECUTE, this::delete)
                .post(PATH + "/{schedule}/pause", Scope.TASKS_EXECUTE, this::pause)
                .post(PATH + "/{schedule}/resume", Scope.TASKS_EXECUTE, this::resume);
    }

    private static UUID id(Request request) {
        return request.uuid("schedule", "schedule");
    }

    private static Response shown(Schedule schedule) {
        return Response.ok(ScheduleJson.of(schedule)).withTag(schedule.id(), schedule.version());
    }

    private Response list(Request request) {
        Schedule.Status status =
                request.query("status").map(ScheduleRoutes::status).orElse(null);
        return Response.list(
                request,
                schedules.list(request.caller(), status, request.range()).map(ScheduleJson::of));
    }

    private static Schedule.Status status(String text) {
        try {
            return Schedule.Status.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("status", "must be active, paused or completed, got \"" + text + "\"");
        }
    }

    private Response create(Request request) throws IOException {
        ScheduleInput input = ScheduleInput.of(request.jsonObject(), request.strict());
        Schedule schedule = schedules.create(request.caller(), input.name(), input.task(), input.rule(), Json.object());
        return Response.created(PATH + "/" + schedule.id(), ScheduleJson.of(schedule))
                .withTag(schedule.id(), schedule.version());
    }

    private Response get(Request request) {
        return shown(schedules.get(request.caller(), id(request)));
    }

    private Response change(Request request, boolean merge) throws IOException {
        ObjectNode sent = request.jsonObject();
        return shown(schedules.update(
                request.caller(),
                id(request),
                request.precondition(),
                stored -> ScheduleInput.changed(stored, sent, merge),
                request.strict()));
    }

    private Response delete(Request request) {
        schedules.delete(request.caller(), id(request), request.precondition());
        return Response.deleted();
    }

    private Response pause(Request request) {
        return shown(schedules.pause(request.caller(), id(request)));
    }

    private Response resume(Request request) {
        return shown(schedules.resume(request.caller(), id(request)));
    }
}
