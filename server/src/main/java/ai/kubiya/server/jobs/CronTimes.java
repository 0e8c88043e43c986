package ai.kubiya.server.jobs;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The times of a cron expression, in UTC: minute, hour, day of the month, month, day of the week. */
public final class CronTimes {
    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;

    private CronTimes(ExecutionTime times) {
        this.times = times;
    }

    /**
     * Reads an expression of five fields.
     *
     * @throws IllegalArgumentException with the rest of a sentence that begins with the field's name
     */
    public static CronTimes of(String expression) {
        try {
            return new CronTimes(
                    ExecutionTime.forCron(PARSER.parse(expression.trim()).validate()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be five cron fields (minute, hour, day of the month, month, day of the week) such as"
                            + " \"0 6 * * 1-5\", in UTC: " + e.getMessage(),
                    e);
        }
    }

    /** The first time after this one; empty when there is none, as for a 30th of February. */
    public Optional<Instant> after(Instant instant) {
        return times.nextExecution(instant.atZone(ZoneOffset.UTC)).map(java.time.ZonedDateTime::toInstant);
    }
}
