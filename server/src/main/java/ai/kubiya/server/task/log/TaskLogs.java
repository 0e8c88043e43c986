package ai.kubiya.server.task.log;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.execution.ExecutionService;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.task.Task;
import ai.kubiya.server.task.TaskRuns;
import ai.kubiya.server.task.TaskService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the attempts of a task wrote: a part of it, or all of it while it is made. */
public final class TaskLogs {
    private static final int BATCH = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final TaskService tasks;
    private final TaskRuns runs;
    private final ExecutionService executions;
    private final EventFollower follower;

    public TaskLogs(TaskService tasks, TaskRuns runs, ExecutionService executions) {
        this.tasks = tasks;
        this.runs = runs;
        this.executions = executions;
        this.follower = new EventFollower(executions);
    }

    /** What a reader wants; null = all. */
    record Filter(@Nullable Instant from, @Nullable Instant to, TaskLogLine.@Nullable Level level) {
        boolean admits(TaskLogLine line) {
            return (level == null || line.level() == level)
                    && (from == null || !line.at().isBefore(from))
                    && (to == null || !line.at().isAfter(to));
        }
    }

    /** Takes lines. */
    interface Reader {
        void line(TaskLogLine line) throws IOException;

        /** Everything that is there has been read. */
        void caughtUp() throws IOException;

        /** Nothing happened for a while. */
        void silence() throws IOException;
    }

    /** The first lines that are wanted. */
    List<TaskLogLine> read(Task task, Filter filter, int limit) {
        List<TaskLogLine> lines = new ArrayList<>();
        int attempt = 0;
        for (Execution execution : executions.ofTask(task.organizationId(), task.id())) {
            attempt++;
            long last = 0;
            List<ExecutionEvent> events;
            do {
                events = executions.events(execution, last, BATCH);
                for (ExecutionEvent event : events) {
                    last = event.seq();
                    TaskLogLine.of(attempt, event).stream()
                            .filter(filter::admits)
                            .forEach(lines::add);
                    if (lines.size() >= limit) {
                        return lines.subList(0, limit);
                    }
                }
            } while (events.size() == BATCH);
        }
        return lines;
    }

    /**
     * Follows a task from attempt to attempt to its end.
     *
     * @param after id of the last line that the reader has; 0.0 = none
     */
    Task follow(Caller caller, Task task, Filter filter, Position after, Reader reader)
            throws IOException, InterruptedException {
        int next = Math.max(1, after.attempt());
        try (Signals.Subscription changes = runs.watch(task.id())) {
            while (true) {
                // Asked before the attempts are counted: what is over now has all of them now.
                Task now = tasks.get(caller, task.id());
                List<Execution> attempts = executions.ofTask(task.organizationId(), task.id());
                while (next <= attempts.size()) {
                    long seen = next == after.attempt() ? after.seq() : 0;
                    follow(attempts.get(next - 1), next, seen, filter, reader);
                    next++;
                }
                reader.caughtUp();
                if (now.status().isOver()) {
                    return now;
                }
                long before = System.nanoTime();
                changes.await(HEARTBEAT);
                if (System.nanoTime() - before >= HEARTBEAT.toNanos()) {
                    reader.silence();
                }
            }
        }
    }

    /** Where a reader stopped. */
    record Position(int attempt, long seq) {
        static final Position START = new Position(0, 0);
    }

    private void follow(Execution execution, int attempt, long seen, Filter filter, Reader reader)
            throws IOException, InterruptedException {
        follower.follow(execution, seen, new EventFollower.Reader() {
            @Override
            public void event(ExecutionEvent event) throws IOException {
                for (TaskLogLine line : TaskLogLine.of(attempt, event)) {
                    if (filter.admits(line)) {
                        reader.line(line);
                    }
                }
            }

            @Override
            public void caughtUp() throws IOException {
                reader.caughtUp();
            }

            @Override
            public void silence() throws IOException {
                reader.silence();
            }
        });
    }
}
