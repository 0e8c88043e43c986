package ai.kubiya.server.drift;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.event.NewEvent;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.jobs.Job;
import ai.kubiya.server.jobs.JobKind;
import ai.kubiya.server.jobs.Jobs;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.RunListener;
import ai.kubiya.server.project.run.RunProgress;
import ai.kubiya.server.project.run.RunService;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Writes down what refresh-only plans found, and tells of drift that was not there before. */
public final class DriftFindings implements RunListener, Job {
    private final Database database;
    private final DriftStore store = new DriftStore();
    private final RunProgress progress;
    private final RunService runs;
    private final ProjectService projects;
    private final EventLog events;
    private final Clock clock;
    private final JobKind job;

    public DriftFindings(
            Database database,
            RunProgress progress,
            RunService runs,
            ProjectService projects,
            EventLog events,
            Jobs jobs,
            Clock clock) {
        this.database = database;
        this.progress = progress;
        this.runs = runs;
        this.projects = projects;
        this.events = events;
        this.clock = clock;
        this.job = jobs.kind("project-drift", this);
    }

    /** What a run found can be read once its transaction is over. */
    @Override
    public void settled(Transaction transaction, ProjectRun run) {
        boolean whole = run.asked().mode() == Mode.REFRESH_ONLY
                && run.asked().targets().isEmpty()
                && run.asked().revision().isEmpty();
        if (whole) {
            job.schedule(transaction, run.organizationId() + "/" + run.id(), clock.instant());
        }
    }

    @Override
    public Optional<Instant> run(String id) {
        int slash = id.indexOf('/');
        progress.find(UUID.fromString(id.substring(0, slash)), UUID.fromString(id.substring(slash + 1)))
                .ifPresent(this::write);
        return Optional.empty();
    }

    private void write(ProjectRun run) {
        switch (run.status()) {
            case NO_CHANGES, APPLIED -> write(run, report(run, DriftStatus.CLEAN, Json.array(), Json.array(), ""));
            case PLANNED, AWAITING_APPROVAL -> write(run, drifted(run));
            case FAILED -> {
                String why = run.errorMessage() == null ? "The run failed." : run.errorMessage();
                write(run, report(run, DriftStatus.FAILED, Json.array(), Json.array(), why));
            }
            case PENDING, RUNNING, APPROVED, APPLYING, REJECTED, CANCELLED -> {
                // Nothing was found out.
            }
        }
    }

    private DriftReport drifted(ProjectRun run) {
        ArrayNode resources = Json.array();
        runs.found(run).drift().forEach(change -> resources.add(resource(change)));
        ArrayNode outputs = Json.array();
        runs.document(run)
                .ifPresent(plan -> plan.path("output_changes").properties().forEach(output -> {
                    JsonNode change = output.getValue();
                    if (!change.path("before").equals(change.path("after"))) {
                        ObjectNode row = outputs.addObject().put("name", output.getKey());
                        row.set("before", change.path("before"));
                        row.set("after", change.path("after"));
                    }
                }));
        return report(run, DriftStatus.DRIFTED, resources, outputs, "");
    }

    private static ObjectNode resource(JsonNode change) {
        ObjectNode json = Json.object()
                .put("address", change.path("resource_id").asText())
                .put("action", change.path("action").asText())
                .put("type", change.path("type").asText())
                .put("name", change.path("name").asText())
                .put("module", change.path("module").asText())
                .put("provider", change.path("provider").asText());
        boolean gone = !change.path("after").isObject();
        json.set("attributes", gone ? Json.array() : Difference.between(change.path("before"), change.path("after")));
        return json;
    }

    private DriftReport report(
            ProjectRun run, DriftStatus status, ArrayNode resources, ArrayNode outputs, String message) {
        return new DriftReport(
                run.projectId(),
                run.organizationId(),
                null,
                status,
                run.id(),
                message,
                resources,
                outputs,
                clock.instant());
    }

    private void write(ProjectRun run, DriftReport report) {
        database.useTransaction(transaction -> {
            Optional<String> told = store.report(transaction, report);
            if (told.isEmpty() || report.status() == DriftStatus.FAILED) {
                return;
            }
            String now = report.status() == DriftStatus.DRIFTED
                    ? Integer.toHexString(report.resources().hashCode())
                            + report.outputs().hashCode()
                    : "";
            if (!now.equals(told.get())) {
                store.setTold(transaction, report, now);
                if (report.status() == DriftStatus.DRIFTED) {
                    events.append(transaction, report.organizationId(), event(transaction, run, report));
                }
            }
        });
    }

    private NewEvent event(Transaction transaction, ProjectRun run, DriftReport report) {
        String name = projects.find(transaction, run.organizationId(), run.projectId())
                .map(Project::name)
                .orElse("");
        ObjectNode data = Json.object()
                .put("project_id", run.projectId().toString())
                .put("project_name", name)
                .put("execution_id", run.id().toString())
                .put("trigger", run.asked().trigger())
                .put("summary", run.summary());
        ArrayNode resources = data.putArray("resources");
        report.resources()
                .forEach(resource -> resources
                        .addObject()
                        .put("address", resource.path("address").asText())
                        .put("action", resource.path("action").asText()));
        ArrayNode outputs = data.putArray("outputs");
        report.outputs().forEach(output -> outputs.add(output.path("name").asText()));
        return new NewEvent("project.drift.detected", "project", run.projectId().toString(), data);
    }
}
