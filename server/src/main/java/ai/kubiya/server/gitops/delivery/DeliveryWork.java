package ai.kubiya.server.gitops.delivery;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.gitops.event.GitEvent;
import ai.kubiya.server.gitops.event.Place;
import ai.kubiya.server.gitops.hook.HookDoor;
import ai.kubiya.server.gitops.hook.HostAccount;
import ai.kubiya.server.gitops.hook.KnownHook;
import ai.kubiya.server.gitops.status.CommitStatuses;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.jobs.Job;
import ai.kubiya.server.jobs.JobKind;
import ai.kubiya.server.outbound.OutboundHttp;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acts on an event: plans the projects that it concerns. Done again after a crash, it goes on where it stood. */
public final class DeliveryWork implements Job {
    private static final Logger log = LoggerFactory.getLogger(DeliveryWork.class);

    private final Database database;
    private final DeliveryStore store = new DeliveryStore();
    private final HookDoor door;
    private final ProjectPlans plans;
    private final OutboundHttp http;
    private final JobKind reports;
    private final Clock clock;

    /**
     * The work.
     *
     * @param reports tells the git host how plans stand
     */
    public DeliveryWork(
            Database database, HookDoor door, ProjectPlans plans, OutboundHttp http, JobKind reports, Clock clock) {
        this.database = database;
        this.door = door;
        this.plans = plans;
        this.http = http;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> run(String text) {
        JobId id = JobId.of(text);
        Optional<Delivery> delivery =
                database.read(transaction -> store.find(transaction, id.organizationId(), id.id()));
        if (delivery.isPresent() && delivery.get().status() == DeliveryStatus.RECEIVED) {
            door.find(id.organizationId(), delivery.get().hookId()).ifPresent(hook -> act(hook, delivery.get()));
        }
        return Optional.empty();
    }

    private void act(KnownHook hook, Delivery delivery) {
        Optional<Caller> owner = hook.owner();
        if (owner.isEmpty()) {
            end(delivery, DeliveryStatus.FAILED, """
                    The user in whose name the hook acts is not active any more; whoever changes the hook takes it over.\
                    """);
            return;
        }
        GitEvent event = delivery.event();
        List<ProjectPlans.Candidate> meant = plans.candidates(owner.get()).stream()
                .filter(candidate -> candidate.place().isMeantBy(event))
                .toList();
        if (meant.isEmpty()) {
            end(delivery, DeliveryStatus.IGNORED, "no project has this repository and the branch " + event.branch());
            return;
        }
        GitEvent known = withPaths(hook, event);
        List<Place> places = meant.stream().map(ProjectPlans.Candidate::place).toList();
        List<ProjectPlans.Candidate> affected = meant.stream()
                .filter(candidate -> candidate.place().isAffectedBy(known, places))
                .toList();
        affected.forEach(candidate -> plan(owner.get(), delivery, candidate));
        if (affected.isEmpty()) {
            String which = meant.size() == 1 ? "the project " + meant.getFirst().name() : meant.size() + " projects";
            end(delivery, DeliveryStatus.IGNORED, "none of the files that changed is of " + which);
        } else {
            end(
                    delivery,
                    DeliveryStatus.PROCESSED,
                    affected.size() + " of " + meant.size() + " projects of this repository and branch concerned");
        }
    }

    private void end(Delivery delivery, DeliveryStatus status, String message) {
        database.useTransaction(transaction -> store.end(
                transaction, delivery.organizationId(), delivery.id(), status, message.strip(), clock.instant()));
    }

    /** Pull requests come without the files that they change; who may ask the host, asks. */
    private GitEvent withPaths(KnownHook hook, GitEvent event) {
        Long pullRequest = event.pullRequest();
        Optional<CommitStatuses> statuses = CommitStatuses.of(hook.host(), http);
        Optional<HostAccount> account = door.account(hook);
        if (event.paths() != null
                || pullRequest == null
                || statuses.isEmpty()
                || account.isEmpty()
                || !event.hasGoodFullName()) {
            return event;
        }
        try {
            return statuses.get()
                    .changedFiles(account.get(), event.fullName(), pullRequest)
                    .map(event::withPaths)
                    .orElse(event);
        } catch (IOException e) {
            // Without knowing, every project counts as changed.
            log.info("git hook {}: cannot tell which files a pull request changes: {}", hook.id(), e.getMessage());
            return event;
        }
    }

    private void plan(Caller owner, Delivery delivery, ProjectPlans.Candidate project) {
        GitEvent event = delivery.event();
        boolean planOnly = event.isPullRequest();
        ProjectPlans.Wish wish = new ProjectPlans.Wish(
                project.id(), event.commit(), planOnly, !planOnly && project.autoApply(), cause(event));
        DeliveryRun row = new DeliveryRun(
                Uuids.next(clock),
                delivery.organizationId(),
                delivery.id(),
                project.id(),
                project.name(),
                null,
                DeliveryRun.PENDING,
                "",
                "",
                "",
                clock.instant());
        try {
            database.useTransaction(transaction -> {
                if (store.insertRun(transaction, row)) {
                    UUID run = plans.start(transaction, owner, wish);
                    store.setRun(transaction, row.organizationId(), row.id(), run);
                    reports.schedule(transaction, report(row), clock.instant());
                }
            });
        } catch (ApiException e) {
            DeliveryRun refused = row.with(DeliveryRun.REFUSED, e.details());
            database.useTransaction(transaction -> {
                if (store.insertRun(transaction, refused)) {
                    reports.schedule(transaction, report(refused), clock.instant());
                }
            });
        }
    }

    private static String report(DeliveryRun row) {
        return new JobId(row.organizationId(), row.id()).toString();
    }

    private static String cause(GitEvent event) {
        String by = event.author().isEmpty() ? "" : " by " + event.author();
        return event.isPullRequest()
                ? "pull request " + event.pullRequest() + " to " + event.branch() + by
                : "push to " + event.branch() + by;
    }
}
