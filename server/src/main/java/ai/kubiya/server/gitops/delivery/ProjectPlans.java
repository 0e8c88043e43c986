package ai.kubiya.server.gitops.delivery;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.gitops.event.Place;
import ai.kubiya.server.http.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Projects and their plans, as far as events of git hosts need them. */
public interface ProjectPlans {
    /**
     * A project with code in a repository.
     *
     * @param autoApply whether its plans are applied without anybody's approval
     */
    record Candidate(UUID id, String name, boolean autoApply, Place place) {}

    /**
     * A plan to be made.
     *
     * @param commit that is planned
     * @param planOnly whether it must never be applied
     * @param autoApply whether it is applied without anybody's approval
     * @param cause for people: what it is planned for
     */
    record Wish(UUID projectId, String commit, boolean planOnly, boolean autoApply, String cause) {}

    /**
     * How a plan stands.
     *
     * @param state as the API names it
     * @param summary what it would change or has changed, or why it failed; empty = nothing is known yet
     */
    record Outcome(String state, String summary) {}

    /** The projects of the caller's organisation that have a repository. */
    List<Candidate> candidates(Caller caller);

    /**
     * Queues a plan, if this transaction is committed.
     *
     * @return the id of the run
     * @throws ApiException when that is refused
     */
    UUID start(Transaction transaction, Caller caller, Wish wish);

    /** Empty when there is no such run any more. */
    Optional<Outcome> outcome(UUID organizationId, UUID run);
}
