package ai.kubiya.server.model;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads when a provider wants to be asked again. */
final class RetryAfter {
    private RetryAfter() {}

    static @Nullable Duration read(HttpHeaders headers, Instant now) {
        return headers.firstValue("retry-after")
                .map(value -> of(value.strip(), now))
                .orElse(null);
    }

    /** Seconds, with decimals from some gateways, or a date. Null when it is neither. */
    static @Nullable Duration of(String value, Instant now) {
        if (value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1000));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
