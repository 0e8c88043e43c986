package ai.kubiya.server;

import ai.kubiya.server.audit.AuditCompatRoutes;
import ai.kubiya.server.audit.AuditFollower;
import ai.kubiya.server.audit.AuditRetention;
import ai.kubiya.server.audit.AuditRoutes;
import ai.kubiya.server.audit.AuditTrail;
import ai.kubiya.server.audit.Logins;
import ai.kubiya.server.audit.RepeatedEntries;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.http.Routes;
import java.time.Duration;
import java.util.List;

/** The trail of what was done, wired. */
final class AuditParts {
    final RepeatedEntries repeated;
    final Logins logins;
    private final List<Routes> routes;

    AuditParts(Foundation foundation) {
        AuditTrail trail = new AuditTrail(foundation.database);
        AuditFollower follower = new AuditFollower(trail, foundation.signals);
        repeated = foundation.closing.add(new RepeatedEntries(foundation.audit, foundation.clock));
        logins = new Logins(foundation.audit, foundation.clock);
        AuditRetention retention = new AuditRetention(
                foundation.database, foundation.settings.number(Setting.AUDIT_RETENTION_DAYS), foundation.clock);
        foundation.housekeeping.every(Duration.ofSeconds(20), "counting repeated audit items", repeated::writeCounts);
        foundation.housekeeping.every(Duration.ofHours(1), "forgetting old audit items", retention::forgetOld);
        routes = List.of(new AuditRoutes(trail, follower), new AuditCompatRoutes(trail, follower));
    }

    List<Routes> routes() {
        return routes;
    }
}
