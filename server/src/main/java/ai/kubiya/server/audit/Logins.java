package ai.kubiya.server.audit;

import ai.kubiya.server.access.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notes logins. There are no sessions of users; what comes nearest is a client that asks whether its key is good, as the
 * command line's login does. One item for a key and an address in an hour.
 */
public final class Logins {
    private static final Duration QUIET = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final AuditLog audit;
    private final Clock clock;
    private final Map<Who, Instant> quietUntil = new ConcurrentHashMap<>();

    public Logins(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    private record Who(UUID key, String address) {}

    private boolean isFirst(Who who, Instant now) {
        AtomicBoolean first = new AtomicBoolean();
        quietUntil.compute(who, (_, end) -> {
            first.set(end == null || !end.isAfter(now));
            return first.get() ? now.plus(QUIET) : end;
        });
        return first.get();
    }

    public void seen(Caller caller) {
        Instant now = clock.instant();
        if (quietUntil.size() >= MOST) {
            quietUntil.values().removeIf(end -> !end.isAfter(now));
        }
        if (isFirst(new Who(caller.keyId(), caller.origin().address()), now)) {
            audit.add(
                    caller,
                    AuditEntry.of("auth", "api_key", caller.keyName(), "login").with("id", caller.keyId()));
        }
    }
}
