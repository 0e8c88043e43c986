package ai.kubiya.server.project.run;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.project.Project;
import ai.kubiya.server.state.StateAccess;
import ai.kubiya.server.state.StateVersion;
import java.util.Objects;
import java.util.Optional;

/** Says whether a plan can still be applied: code, values and state must be what they were when it was made. */
public final class PlanFreshness {
    private final StateAccess states;

    public PlanFreshness(StateAccess states) {
        this.states = states;
    }

    /** Why a plan is void; empty when it is not. */
    public Optional<String> staleness(ProjectRun run, Project project) {
        if (run.inputsVersion() != project.inputsVersion()) {
            return Optional.of(
                    "The code's place, the variables or the secrets of the project were changed after this plan"
                            + " was made; plan again.");
        }
        Optional<StateVersion> state = states.current(run.organizationId(), run.projectId());
        boolean same = Objects.equals(
                        run.stateSerial(), state.map(StateVersion::serial).orElse(null))
                && Objects.equals(
                        run.stateLineage(), state.map(StateVersion::lineage).orElse(null));
        return same
                ? Optional.empty()
                : Optional.of("The state was changed after this plan was made (it was made from serial "
                        + (run.stateSerial() == null ? "none" : run.stateSerial()) + ", and now there is "
                        + state.map(found -> "serial " + found.serial()).orElse("none") + "); plan again.");
    }

    /** @throws ApiException 409 with the reason */
    void requireApprovable(ProjectRun run, Project project) {
        if (run.asked().speculative()) {
            throw ApiException.conflict("This plan is only to be looked at; plan the project itself to apply it.");
        }
        if (!run.status().isApprovable()) {
            throw ApiException.conflict("The execution is " + run.status().wireName()
                    + (run.status() == RunStatus.NO_CHANGES
                            ? ": there is nothing to apply."
                            : "; only a plan can be approved."));
        }
        staleness(run, project).ifPresent(why -> {
            throw ApiException.conflict(why);
        });
    }
}
