package ai.kubiya.server;

import ai.kubiya.server.drift.DriftFindings;
import ai.kubiya.server.drift.DriftRoutes;
import ai.kubiya.server.drift.DriftService;
import ai.kubiya.server.drift.DriftWatch;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.user.UserService;
import java.time.Duration;
import java.util.List;

/** Looking for drift in projects. */
final class DriftParts {
    /** Schedules are by the minute. */
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final DriftService drift;

    DriftParts(Foundation foundation, ProjectParts projects, UserService users) {
        drift = new DriftService(foundation.database, projects.projects, projects.runs);
        projects.progress.tell(new DriftFindings(
                foundation.database,
                projects.progress,
                projects.runs,
                projects.projects,
                foundation.events,
                foundation.jobs,
                foundation.clock));
        DriftWatch watch =
                new DriftWatch(foundation.database, projects.projects, projects.runs, users, foundation.clock);
        foundation.jobs.recurring("drift-schedules", LOOK, watch::look);
    }

    List<Routes> routes() {
        return List.of(new DriftRoutes(drift));
    }
}
