package ai.kubiya.server.gitops.delivery;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.gitops.event.GitEvent;
import ai.kubiya.server.gitops.hook.HookDoor;
import ai.kubiya.server.gitops.hook.HostAccount;
import ai.kubiya.server.gitops.hook.KnownHook;
import ai.kubiya.server.gitops.status.CommitStatus;
import ai.kubiya.server.gitops.status.CommitStatuses;
import ai.kubiya.server.gitops.status.HostRefused;
import ai.kubiya.server.jobs.Job;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Looks how a plan stands, keeps its summary, and tells the git host. Done whenever the plan comes to rest. */
public final class ReportWork implements Job {
    /** A host that does not answer for so long is not asked any more. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    private static final Duration HOST_PAUSE = Duration.ofSeconds(30);

    private final Database database;
    private final DeliveryStore store = new DeliveryStore();
    private final HookDoor door;
    private final ProjectPlans plans;
    private final OutboundHttp http;
    private final Supplier<String> publicUrl;
    private final Clock clock;

    /**
     * The work.
     *
     * @param publicUrl what the links in commit statuses begin with
     */
    public ReportWork(
            Database database,
            HookDoor door,
            ProjectPlans plans,
            OutboundHttp http,
            Supplier<String> publicUrl,
            Clock clock) {
        this.database = database;
        this.door = door;
        this.plans = plans;
        this.http = http;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> run(String text) {
        JobId id = JobId.of(text);
        Optional<DeliveryRun> row =
                database.read(transaction -> store.findRun(transaction, id.organizationId(), id.id()));
        return row.flatMap(this::look);
    }

    private Optional<Instant> look(DeliveryRun row) {
        DeliveryRun now = asItStands(row);
        DeliveryRun told =
                now.state().equals(now.reported()) || !now.reportError().isEmpty() ? now : told(now);
        if (!told.equals(row)) {
            database.useTransaction(transaction -> store.update(transaction, told, clock.instant()));
        }
        boolean silent =
                !told.state().equals(told.reported()) && told.reportError().isEmpty();
        return silent ? Optional.of(clock.instant().plus(HOST_PAUSE)) : Optional.empty();
    }

    private DeliveryRun asItStands(DeliveryRun row) {
        UUID run = row.runId();
        if (run == null) {
            return row;
        }
        return plans.outcome(row.organizationId(), run)
                .map(outcome -> row.with(outcome.state(), outcome.summary()))
                .orElseGet(() -> row.with(DeliveryRun.GONE, "The run was removed."));
    }

    private DeliveryRun told(DeliveryRun row) {
        Optional<Delivery> delivery =
                database.read(transaction -> store.find(transaction, row.organizationId(), row.deliveryId()));
        Optional<KnownHook> hook = delivery.flatMap(found -> door.find(row.organizationId(), found.hookId()));
        if (delivery.isEmpty() || hook.isEmpty()) {
            return reported(row, row.reported(), "the hook was removed");
        }
        GitEvent event = delivery.get().event();
        Optional<CommitStatuses> statuses = CommitStatuses.of(hook.get().host(), http);
        Optional<HostAccount> account = door.account(hook.get());
        if (statuses.isEmpty() || account.isEmpty()) {
            return reported(row, row.reported(), "the hook has no api_token");
        }
        if (!event.hasGoodFullName()) {
            return reported(row, row.reported(), "the event does not say the repository's full name");
        }
        try {
            statuses.get().report(account.get(), event.fullName(), event.commit(), status(row));
            return reported(row, row.state(), "");
        } catch (HostRefused e) {
            String why = String.valueOf(e.getMessage());
            return e.isPassing() ? later(row, why) : reported(row, row.reported(), why);
        } catch (CallFailed e) {
            return later(row, String.valueOf(e.getMessage()));
        }
    }

    private DeliveryRun later(DeliveryRun row, String why) {
        boolean patient = Duration.between(row.createdAt(), clock.instant()).compareTo(PATIENCE) < 0;
        return patient ? row : reported(row, row.reported(), "given up: " + why);
    }

    private static DeliveryRun reported(DeliveryRun row, String reported, String error) {
        return new DeliveryRun(
                row.id(),
                row.organizationId(),
                row.deliveryId(),
                row.projectId(),
                row.projectName(),
                row.runId(),
                row.state(),
                row.summary(),
                reported,
                error,
                row.createdAt());
    }

    private CommitStatus status(DeliveryRun row) {
        UUID run = row.runId();
        String url = run == null ? null : publicUrl.get() + "/v1/projects/" + row.projectId() + "/executions/" + run;
        return new CommitStatus(row.verdict(), "kubiya/" + row.projectName(), row.description(), url);
    }
}
