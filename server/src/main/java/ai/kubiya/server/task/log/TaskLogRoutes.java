package ai.kubiya.server.task.log;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.EventStream;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.task.Task;
import ai.kubiya.server.task.TaskJson;
import ai.kubiya.server.task.TaskService;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP of a task's log: {@code start_time}, {@code end_time}, {@code level}, {@code limit}, {@code follow}. */
public final class TaskLogRoutes {
    private static final Pattern POSITION = Pattern.compile("(\\d{1,6})\\.(\\d{1,15})");

    private final TaskService tasks;
    private final TaskLogs logs;

    public TaskLogRoutes(TaskService tasks, TaskLogs logs) {
        this.tasks = tasks;
        this.logs = logs;
    }

    public Response logs(Request request) {
        Task task = tasks.get(request.caller(), request.uuid("task", "task"));
        TaskLogs.Filter filter = new TaskLogs.Filter(
                time(request, "start_time"),
                time(request, "end_time"),
                request.query("level").map(TaskLogRoutes::level).orElse(null));
        if (request.queryFlag("follow")) {
            return follow(request, task, filter);
        }
        int limit = (int) request.number("limit", 1000, 1, 10_000);
        ObjectNode json = Json.object().put("task_id", task.id().toString());
        ArrayNode lines = json.putArray("logs");
        logs.read(task, filter, limit).forEach(line -> lines.add(line.toJson()));
        return Response.ok(json);
    }

    private static @Nullable Instant time(Request request, String name) {
        return request.query(name)
                .map(text -> {
                    try {
                        return OffsetDateTime.parse(text).toInstant();
                    } catch (DateTimeException e) {
                        throw ApiException.invalid(
                                name, "must be a time like 2026-11-24T04:53:28Z, got \"" + text + "\"");
                    }
                })
                .orElse(null);
    }

    private static TaskLogLine.Level level(String text) {
        try {
            return TaskLogLine.Level.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("level", "must be debug, info, warning or error, got \"" + text + "\"");
        }
    }

    private Response follow(Request request, Task task, TaskLogs.Filter filter) {
        TaskLogs.Position after = position(request);
        return Response.eventStream(out -> {
            EventStream stream = new EventStream(out);
            stream.heartbeat();
            Task over = logs.follow(request.caller(), task, filter, after, new TaskLogs.Reader() {
                @Override
                public void line(TaskLogLine line) throws IOException {
                    stream.send(line.id(), "log", line.toJson());
                }

                @Override
                public void caughtUp() throws IOException {
                    stream.flush();
                }

                @Override
                public void silence() throws IOException {
                    stream.heartbeat();
                }
            });
            stream.send(null, "done", TaskJson.of(over));
            stream.flush();
        });
    }

    private static TaskLogs.Position position(Request request) {
        Optional<String> id = request.header("Last-Event-ID").or(() -> request.query("last_event_id"));
        if (id.isEmpty()) {
            return TaskLogs.Position.START;
        }
        Matcher matcher = POSITION.matcher(id.get().trim());
        if (!matcher.matches()) {
            throw ApiException.invalid("Last-Event-ID", "must be the id of an event, got \"" + id.get() + "\"");
        }
        return new TaskLogs.Position(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }
}
