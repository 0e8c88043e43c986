package ai.kubiya.server;

import ai.kubiya.server.config.Setting;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.state.ProjectLookup;
import ai.kubiya.server.state.StateAccess;
import ai.kubiya.server.state.StateLocks;
import ai.kubiya.server.state.StateRetention;
import ai.kubiya.server.state.StateRoutes;
import ai.kubiya.server.state.StateService;
import ai.kubiya.server.state.StateVersionRoutes;
import ai.kubiya.server.state.content.StateContents;
import ai.kubiya.server.state.token.RunTokens;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Terraform's states of projects. */
final class StateParts {
    /** For those who run Terraform. */
    final StateAccess access;

    private final StateService states;
    private final StateLocks locks;
    private final RunTokens tokens;

    /**
     * The parts.
     *
     * @param localUrl where the embedded runner reaches this server
     */
    StateParts(Foundation foundation, ProjectLookup projects, Supplier<String> localUrl) {
        tokens = new RunTokens(foundation.database, foundation.random, foundation.clock);
        StateContents contents = new StateContents(foundation.database, foundation.vault, foundation.clock);
        StateRetention retention = new StateRetention(
                foundation.database,
                foundation.settings.number(Setting.STATE_KEEP_VERSIONS),
                foundation.settings.number(Setting.STATE_KEEP_DAYS),
                foundation.clock);
        states = new StateService(
                foundation.database, contents, retention, projects, tokens, foundation.audit, foundation.clock);
        locks = new StateLocks(foundation.database, projects, tokens, foundation.audit, foundation.clock);
        access = new StateAccess(foundation.database, states, locks, tokens, localUrl);
        contents.forgetAbandoned();
        foundation.housekeeping.every(Duration.ofMinutes(10), "removing unfinished states", contents::forgetAbandoned);
        foundation.housekeeping.every(Duration.ofHours(1), "forgetting old states", retention::forgetOld);
        foundation.housekeeping.every(Duration.ofHours(1), "forgetting tokens of runs", tokens::forgetOld);
    }

    List<Routes> routes() {
        return List.of(new StateRoutes(states, locks, tokens), new StateVersionRoutes(states));
    }
}
