package ai.kubiya.runner;

import ai.kubiya.protocol.Lease;
import ai.kubiya.protocol.RunEvent;
import ai.kubiya.protocol.RunOutcome;
import ai.kubiya.protocol.RunOutcome.Result;
import ai.kubiya.protocol.ToolRun;
import ai.kubiya.protocol.WorkSource;
import ai.kubiya.protocol.WorkSource.LeaseLostException;
import ai.kubiya.runner.executor.Executor;
import ai.kubiya.runner.executor.ExecutorChoice;
import ai.kubiya.runner.executor.Job;
import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.executor.RunningTool;
import ai.kubiya.runner.output.EventBuffer;
import ai.kubiya.runner.output.SecretMask;
import ai.kubiya.runner.output.SpillFile;
import ai.kubiya.runner.script.ToolEnvironment;
import ai.kubiya.runner.template.BadTemplate;
import ai.kubiya.runner.template.Rendered;
import ai.kubiya.runner.template.TemplateRenderer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One leased run from its lease to its outcome. */
final class LeasedRun {
    private static final Logger log = LoggerFactory.getLogger(LeasedRun.class);

    private final WorkSource source;
    private final Lease lease;
    private final ToolRun run;
    private final RunnerConfig config;
    private final ExecutorChoice executors;
    private final InstantSource clock;
    private final ServerCalls calls;
    private final EventBuffer events;
    private final StopSignal signal = new StopSignal();
    private final SecretMask mask;
    private String executorName = "";
    // Both are the sender's until it has ended.
    private long nextEvent = 1;
    private List<RunEvent> lastEvents = List.of();

    LeasedRun(WorkSource source, Lease lease, RunnerConfig config, ExecutorChoice executors, InstantSource clock) {
        this.source = source;
        this.lease = lease;
        this.run = lease.run();
        this.config = config;
        this.executors = executors;
        this.clock = clock;
        this.calls = new ServerCalls(source, lease, config.patience());
        this.mask = SecretMask.of(run.secrets().values());
        RunnerConfig.Spill spill = config.spill();
        this.events = new EventBuffer(
                spill == null ? null : new SpillFile(spill.folder(), lease.executionId(), spill.bytes()));
    }

    Lease lease() {
        return lease;
    }

    boolean isStopping() {
        return signal.reason() != null;
    }

    void stop(StopSignal.Reason why) {
        signal.stop(why);
        if (why == StopSignal.Reason.ABANDONED) {
            events.discard();
        }
    }

    /** Returns when nothing of the run is left here. */
    void execute() {
        if (signal.reason() == StopSignal.Reason.DRAINED) {
            giveBack();
            return;
        }
        Thread heart = Thread.ofVirtual().name("heartbeat").start(this::beat);
        Thread sender = Thread.ofVirtual().name("sender").start(this::send);
        try {
            switch (calls.begin()) {
                case CONTINUE -> {}
                case CANCEL -> stop(StopSignal.Reason.CANCELLED);
                case ABANDON -> stop(StopSignal.Reason.ABANDONED);
            }
            RunOutcome outcome = outcome();
            events.end();
            sender.join();
            if (signal.reason() != StopSignal.Reason.ABANDONED) {
                calls.finish(nextEvent, lastEvents, outcome);
            }
        } catch (LeaseLostException e) {
            log.warn("the outcome of {} is not wanted: {}", lease.executionId(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            events.discard();
            heart.interrupt();
            sender.interrupt();
        }
    }

    private void giveBack() {
        try {
            source.giveBack(lease);
        } catch (RuntimeException away) {
            log.warn("{} is not given back, its lease will run out: {}", lease.executionId(), away.toString());
        }
    }

    private RunOutcome outcome() throws InterruptedException {
        RunningTool tool = null;
        try {
            signal.beginPreparing();
            tool = prepare();
        } catch (NotStartedException e) {
            return notStarted(Result.NOT_STARTED, Objects.requireNonNullElse(e.getMessage(), "unknown reason"));
        } catch (InterruptedException stopped) {
            log.debug("stopped while it was prepared: {}", lease.executionId());
        } catch (RuntimeException e) {
            log.error("the run {} cannot be prepared", lease.executionId(), e);
            return notStarted(Result.NOT_STARTED, "the runner failed to prepare the run: " + e);
        } finally {
            signal.endPreparing();
        }
        if (tool == null) {
            StopSignal.Reason reason = Objects.requireNonNull(signal.reason());
            return notStarted(Result.CANCELLED, reason.message);
        }
        try (RunningTool running = tool) {
            events.put(new RunEvent.Started(clock.instant(), executorName));
            return new ToolAttendance(running, run, signal, mask, events, clock, config.terminationGrace()).attend();
        }
    }

    private RunningTool prepare() throws NotStartedException, InterruptedException {
        ToolEnvironment environment = ToolEnvironment.of(run);
        for (String name : environment.refused()) {
            warn(
                    "argument_not_exported",
                    "the argument " + name + " is no environment variable, because its name is not allowed there",
                    Map.of("argument", name));
        }
        Executor executor = executors.choose(run);
        if (run.image() != null && !executor.runsImages()) {
            warn(
                    "image_ignored",
                    "there is no container engine: the tool runs with the host's programs and not in its image "
                            + run.image(),
                    Map.of("image", run.image()));
        }
        executorName = executor.name();
        return executor.start(new Job(lease.executionId(), run, render(), environment.variables()));
    }

    private String render() throws NotStartedException, InterruptedException {
        try {
            Rendered rendered = TemplateRenderer.render(run);
            for (String warning : rendered.warnings()) {
                warn("unsafe_template", warning, Map.of());
            }
            return rendered.text();
        } catch (BadTemplate e) {
            throw new NotStartedException(Objects.requireNonNullElse(e.getMessage(), "bad template"), e);
        }
    }

    private void warn(String code, String message, Map<String, String> details) throws InterruptedException {
        events.put(new RunEvent.Warning(clock.instant(), code, mask.mask(message), details));
    }

    private RunOutcome notStarted(Result result, @Nullable String message) {
        return new RunOutcome(result, null, message == null ? null : mask.mask(message), 0, 0, 0);
    }

    private void send() {
        try {
            while (true) {
                EventBuffer.Batch batch = events.take();
                if (batch.last()) {
                    lastEvents = batch.events();
                    return;
                }
                calls.append(nextEvent, batch.events());
                nextEvent += batch.events().size();
            }
        } catch (LeaseLostException e) {
            log.warn("stopping {}: {}", lease.executionId(), e.getMessage());
            stop(StopSignal.Reason.ABANDONED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            while (true) {
                Thread.sleep(config.heartbeat());
                switch (heartbeat()) {
                    case CONTINUE -> {}
                    case CANCEL -> stop(StopSignal.Reason.CANCELLED);
                    case ABANDON -> stop(StopSignal.Reason.ABANDONED);
                }
            }
        } catch (InterruptedException over) {
            // The run has ended.
        }
    }

    private WorkSource.Wish heartbeat() {
        try {
            return source.heartbeat(lease);
        } catch (LeaseLostException e) {
            return WorkSource.Wish.ABANDON;
        } catch (RuntimeException away) {
            log.warn("no heartbeat for {}: {}", lease.executionId(), away.toString());
            return WorkSource.Wish.CONTINUE;
        }
    }
}
