package ai.kubiya.server.gitops.delivery;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.gitops.event.EventReader;
import ai.kubiya.server.gitops.event.GitEvent;
import ai.kubiya.server.gitops.event.Posted;
import ai.kubiya.server.gitops.event.RepositoryName;
import ai.kubiya.server.gitops.hook.GitHooks;
import ai.kubiya.server.gitops.hook.HookDoor;
import ai.kubiya.server.gitops.hook.KnownHook;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.http.StorableJson;
import ai.kubiya.server.http.Uuids;
import ai.kubiya.server.jobs.JobKind;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes events and shows what became of them. */
public final class Deliveries {
    /** Longer than anybody looks back, and than a host repeats an event. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int LONGEST_ID = 200;

    private final Database database;
    private final DeliveryStore store = new DeliveryStore();
    private final HookDoor door;
    private final GitHooks hooks;
    private final JobKind work;
    private final JobKind reports;
    private final Clock clock;

    /**
     * The service.
     *
     * @param work acts on deliveries
     * @param reports tells the git host how plans stand
     */
    public Deliveries(Database database, HookDoor door, GitHooks hooks, JobKind work, JobKind reports, Clock clock) {
        this.database = database;
        this.door = door;
        this.hooks = hooks;
        this.work = work;
        this.reports = reports;
        this.clock = clock;
    }

    /** What is said of an event that was taken. */
    record Taken(UUID id, DeliveryStatus status, String message, boolean again) {}

    /**
     * Takes an event: once this returns it will be acted on, once.
     *
     * @throws ApiException 400 when it cannot be read, and whatever {@link HookDoor#admit} says
     */
    Taken receive(String token, Posted posted) {
        KnownHook hook = door.admit(token, posted);
        GitEvent event = EventReader.read(hook.host(), posted);
        UUID id = Uuids.next(clock);
        String sendersId = EventReader.deliveryId(hook.host(), posted)
                .map(StorableJson::cleaned)
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_ID)))
                .filter(text -> !text.isBlank())
                .orElse(id.toString());
        String nothing = nothing(hook, event);
        Instant now = clock.instant();
        Delivery delivery = new Delivery(
                id,
                hook.organizationId(),
                hook.id(),
                sendersId,
                event,
                nothing.isEmpty() ? DeliveryStatus.RECEIVED : DeliveryStatus.IGNORED,
                nothing,
                now,
                nothing.isEmpty() ? null : now);
        return database.inTransaction(transaction -> {
            if (!store.insert(transaction, delivery)) {
                return store.findBySendersId(transaction, hook.organizationId(), hook.id(), sendersId)
                        .map(known -> new Taken(known.id(), known.status(), known.message(), true))
                        .orElseThrow();
            }
            if (delivery.status() == DeliveryStatus.RECEIVED) {
                work.schedule(transaction, new JobId(hook.organizationId(), id).toString(), now);
            }
            return new Taken(id, delivery.status(), nothing, false);
        });
    }

    /** Why nothing is to be done about an event; empty = something is. */
    private static String nothing(KnownHook hook, GitEvent event) {
        if (!event.nothing().isEmpty() || hook.repositoryUrl().isEmpty()) {
            return event.nothing();
        }
        String wanted = RepositoryName.of(hook.repositoryUrl());
        return event.repositories().stream().map(RepositoryName::of).anyMatch(wanted::equals)
                ? ""
                : "the hook is for the repository " + hook.repositoryUrl() + " alone";
    }

    Page<ObjectNode> list(Caller caller, String hook, @Nullable String status, Page.Range range) {
        UUID id = hooks.require(caller, hook);
        @Nullable DeliveryStatus wanted = status == null ? null : status(status);
        return database.read(transaction -> {
            Page<Delivery> page = store.list(transaction, caller.organizationId(), id, wanted, range);
            List<DeliveryRun> runs = store.runs(
                    transaction,
                    caller.organizationId(),
                    page.rows().stream().map(Delivery::id).toList());
            return page.map(delivery -> json(delivery, runs));
        });
    }

    private static DeliveryStatus status(String text) {
        try {
            return DeliveryStatus.ofWireName(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("status", "must be received, processed, ignored or failed");
        }
    }

    private static ObjectNode json(Delivery delivery, List<DeliveryRun> runs) {
        return delivery.toJson(runs.stream()
                .filter(run -> run.deliveryId().equals(delivery.id()))
                .toList());
    }

    ObjectNode get(Caller caller, String hook, UUID id) {
        UUID hookId = hooks.require(caller, hook);
        return database.read(transaction -> store.find(transaction, caller.organizationId(), id)
                .filter(delivery -> delivery.hookId().equals(hookId))
                .map(delivery -> json(delivery, store.runs(transaction, caller.organizationId(), List.of(id))))
                .orElseThrow(() -> ApiException.notFound("delivery", id)));
    }

    /** A run has come to rest; if an event led to it, its git host is to be told. */
    public void runSettled(Transaction transaction, UUID organizationId, UUID run) {
        store.findByRun(transaction, organizationId, run)
                .ifPresent(
                        id -> reports.schedule(transaction, new JobId(organizationId, id).toString(), clock.instant()));
    }

    public void forgetOld() {
        Instant before = clock.instant().minus(KEPT);
        int _ = database.inTransaction(transaction -> store.forget(transaction, before));
    }
}
