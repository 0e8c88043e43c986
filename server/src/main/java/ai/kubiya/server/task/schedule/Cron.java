package ai.kubiya.server.task.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A cron expression of five fields in a time zone: minute, hour, day of the month, month, day of the week.
 *
 * <p>When clocks go forward, what was to happen within the hour that is left out happens at its end. When they go back, what
 * names an hour happens once, the first time; what happens every few minutes goes on doing so.
 */
public final class Cron {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private final ExecutionTime times;
    private final ZoneId zone;
    private final boolean everyHour;

    private Cron(ExecutionTime times, ZoneId zone, boolean everyHour) {
        this.times = times;
        this.zone = zone;
        this.everyHour = everyHour;
    }

    /**
     * Reads an expression. A sixth field that says nothing is passed over: Terraform configurations have it.
     *
     * @throws IllegalArgumentException with a sentence about what is wrong
     */
    public static Cron of(String expression, ZoneId zone) {
        String text = expression.strip();
        String named = NICKNAMES.getOrDefault(text.toLowerCase(Locale.ROOT), text);
        String five = named.replaceFirst("^((\\S+\\s+){4}\\S+)\\s+\\*$", "$1");
        ExecutionTime times = ExecutionTime.forCron(PARSER.parse(five));
        return new Cron(times, zone, five.split("\\s+")[1].startsWith("*"));
    }

    /** The next time after this one; empty when there is none, as for the 30th of February. */
    public Optional<Instant> next(Instant after) {
        Optional<ZonedDateTime> found = times.nextExecution(after.atZone(zone));
        while (!everyHour && found.filter(this::isSecondTime).isPresent()) {
            found = times.nextExecution(found.get());
        }
        Optional<Instant> next = found.map(ZonedDateTime::toInstant);
        ZoneOffsetTransition change = zone.getRules().nextTransition(after);
        if (change == null
                || !change.isGap()
                || next.filter(time -> time.isBefore(change.getInstant())).isPresent()) {
            return next;
        }
        return isLeftOut(change) ? Optional.of(change.getInstant()) : next;
    }

    /** Whether the clocks showed the same a while ago. */
    private boolean isSecondTime(ZonedDateTime time) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time.toLocalDateTime());
        return offsets.size() > 1 && time.getOffset().equals(offsets.getLast());
    }

    /** Whether one of the times is among those that no clock shows. */
    private boolean isLeftOut(ZoneOffsetTransition gap) {
        LocalDateTime begin = gap.getDateTimeBefore();
        // A zone without changes shows what the clocks do not.
        return times.nextExecution(begin.minusSeconds(1).atZone(ZoneOffset.UTC))
                .filter(time -> time.toLocalDateTime().isBefore(gap.getDateTimeAfter()))
                .isPresent();
    }
}
