package ai.kubiya.server.project.run;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.execution.EventFollower;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.ExecutionEvent;
import ai.kubiya.server.execution.ExecutionService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The log of a run: that of its plan, then that of its apply. Numbers go on from the one to the other, so that a reader can
 * continue where it lost its connection.
 */
public final class RunLogs {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final RunService runs;
    private final ExecutionService executions;
    private final EventFollower follower;

    public RunLogs(RunService runs, ExecutionService executions) {
        this.runs = runs;
        this.executions = executions;
        this.follower = new EventFollower(executions);
    }

    /** A part of the log and how long the whole is. */
    record Part(List<ExecutionEvent> events, long total) {}

    private Optional<Execution> execution(ProjectRun run, @Nullable UUID id) {
        return id == null ? Optional.empty() : executions.find(run.organizationId(), id);
    }

    Part read(ProjectRun run, long after, int limit) {
        List<ExecutionEvent> events = new ArrayList<>();
        long before = 0;
        for (UUID id : new UUID[] {run.planExecution(), run.applyExecution()}) {
            Optional<Execution> execution = execution(run, id);
            if (execution.isPresent()) {
                if (events.size() < limit) {
                    long from = Math.max(0, after - before);
                    for (ExecutionEvent event : executions.events(execution.get(), from, limit - events.size())) {
                        events.add(moved(event, before));
                    }
                }
                before += execution.get().lastSeq();
            }
        }
        return new Part(events, before);
    }

    /** All text of the plan or of the apply. */
    public String text(ProjectRun run, boolean apply) {
        StringBuilder text = new StringBuilder();
        Optional<Execution> execution = execution(run, apply ? run.applyExecution() : run.planExecution());
        long after = 0;
        while (execution.isPresent()) {
            List<ExecutionEvent> events = executions.events(execution.get(), after, 500);
            if (events.isEmpty()) {
                break;
            }
            for (ExecutionEvent event : events) {
                if (event.type().equals("log")) {
                    text.append(event.data().path("content").asText());
                }
                after = event.seq();
            }
        }
        return text.toString();
    }

    private static ExecutionEvent moved(ExecutionEvent event, long by) {
        return new ExecutionEvent(event.seq() + by, event.at(), event.type(), event.data());
    }

    /** Reads events as they are made, until the run is over or waits for somebody's word. */
    public void follow(Caller caller, ProjectRun run, long after, EventFollower.Reader reader)
            throws IOException, InterruptedException {
        long before = 0;
        boolean planRead = false;
        boolean applyRead = false;
        while (true) {
            ProjectRun now = runs.find(caller, run.id()).orElse(run);
            Optional<Execution> plan = execution(now, now.planExecution());
            if (plan.isPresent() && !planRead) {
                follow(plan.get(), after, 0, reader);
                planRead = true;
                before = last(plan.get());
                continue;
            }
            Optional<Execution> apply = execution(now, now.applyExecution());
            if (apply.isPresent() && !applyRead) {
                follow(apply.get(), after, before, reader);
                applyRead = true;
                continue;
            }
            reader.caughtUp();
            if (!now.status().isUnderWay()) {
                return;
            }
            ProjectRun later = runs.awaitChange(caller, now, PAUSE);
            if (later.status() == now.status()) {
                reader.silence();
            }
        }
    }

    private long last(Execution execution) {
        return executions
                .find(execution.organizationId(), execution.id())
                .map(Execution::lastSeq)
                .orElse(execution.lastSeq());
    }

    private void follow(Execution execution, long after, long before, EventFollower.Reader reader)
            throws IOException, InterruptedException {
        follower.follow(execution, Math.max(0, after - before), new EventFollower.Reader() {
            @Override
            public void event(ExecutionEvent event) throws IOException {
                reader.event(moved(event, before));
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
