package ai.kubiya.server.audit;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.RefusalLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes refused requests. Those of a known key are items of its organisation's trail; a key that nobody knows belongs to no
 * organisation, so it goes to the server's log, without the key and not too often.
 */
public final class Refusals implements RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int LINES = 10;

    private final RepeatedEntries entries;
    private final Clock clock;
    private Instant windowEnd = Instant.MIN;
    private int inWindow;

    public Refusals(RepeatedEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Override
    public void refused(Origin origin, @Nullable Caller caller, String method, String pattern, ErrorCode code) {
        if (caller == null) {
            if (code != ErrorCode.AUTH_REQUIRED) {
                logLine(origin, method, pattern, code);
            }
            return;
        }
        String word = code.name().toLowerCase(Locale.ROOT);
        try {
            entries.add(
                    caller,
                    AuditEntry.of("access", "route", method + " " + pattern, word)
                            .with("status", code.status())
                            .refused());
        } catch (RuntimeException e) {
            // The answer is a refusal either way.
            log.warn("{}: the refusal of {} {} was not noted: {}", origin.requestId(), method, pattern, e.toString());
        }
    }

    private synchronized void logLine(Origin origin, String method, String pattern, ErrorCode code) {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            if (inWindow > LINES) {
                log.warn("{} more requests with unknown keys were refused within a minute", inWindow - LINES);
            }
            windowEnd = now.plus(WINDOW);
            inWindow = 0;
        }
        inWindow++;
        if (inWindow <= LINES) {
            log.warn("{}: refused {} {} from {}: {}", origin.requestId(), method, pattern, origin.address(), code);
        }
    }
}
