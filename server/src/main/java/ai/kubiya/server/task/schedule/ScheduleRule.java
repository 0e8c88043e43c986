package ai.kubiya.server.task.schedule;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When something happens.
 *
 * @param cron an expression, or null for something that happens once
 * @param at when that is
 * @param missed what becomes of a time at which no server was running
 */
public record ScheduleRule(@Nullable String cron, @Nullable Instant at, ZoneId zone, Missed missed) {

    /** What becomes of a time at which no server was running. The wire name is the lower-case name. */
    public enum Missed {
        /** Nothing. */
        SKIP,
        /** It is made up for as soon as possible, once for however many there were. */
        FIRE_ONCE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads a field that is an expression, a time, or an object; notes what is wrong. */
    public static Optional<ScheduleRule> of(JsonFields body, String name) {
        Optional<JsonNode> sent = body.node(name);
        if (sent.isEmpty() || (sent.get().isTextual() && sent.get().asText().isBlank())) {
            return Optional.empty();
        }
        ObjectNode object;
        if (sent.get() instanceof ObjectNode given) {
            object = given;
        } else if (sent.get().isTextual()) {
            String text = sent.get().asText();
            object = Json.object().put(text.matches("\\d{4}-\\d\\d-.*") ? "at" : "cron", text);
        } else {
            body.problem(
                    "/" + name, "must be a cron expression, a time or an object, got " + JsonFields.kind(sent.get()));
            return Optional.empty();
        }
        JsonFields fields = new JsonFields(object);
        Optional<ScheduleRule> rule = read(fields);
        fields.problems()
                .forEach(problem -> body.problem(
                        sent.get().isTextual() ? "/" + name : "/" + name + problem.field(), problem.message()));
        return rule;
    }

    /** Reads the fields cron or at, time_zone and missed; notes what is wrong. */
    static Optional<ScheduleRule> read(JsonFields fields) {
        ZoneId zone = zone(fields);
        Optional<String> cron = fields.text("cron", 200).filter(text -> !text.isBlank());
        Optional<String> at = fields.text("at", 50).filter(text -> !text.isBlank());
        Missed missed = missed(fields);
        if (cron.isPresent() == at.isPresent()) {
            fields.problem("/cron", cron.isPresent() ? "cannot be sent together with at" : "is required, or at");
            return Optional.empty();
        }
        return cron.isPresent()
                ? cron(fields, cron.get(), zone, missed)
                : time(fields, at.get(), zone).map(time -> new ScheduleRule(null, time, zone, missed));
    }

    private static ZoneId zone(JsonFields fields) {
        String name = fields.text("time_zone", 100, "UTC");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            fields.problem("/time_zone", "must be a zone like Europe/Berlin or UTC, got \"" + name + "\"");
            return ZoneId.of("UTC");
        }
    }

    private static Missed missed(JsonFields fields) {
        String name = fields.text("missed", 20, Missed.FIRE_ONCE.wireName());
        try {
            return Missed.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            fields.problem("/missed", "must be skip or fire_once, got \"" + name + "\"");
            return Missed.FIRE_ONCE;
        }
    }

    private static Optional<ScheduleRule> cron(JsonFields fields, String cron, ZoneId zone, Missed missed) {
        try {
            Cron.of(cron, zone);
            return Optional.of(new ScheduleRule(cron.strip(), null, zone, missed));
        } catch (IllegalArgumentException e) {
            fields.problem(
                    "/cron",
                    "must have five fields, minute, hour, day of the month, month and day of the week, like \"0 9 * * 1-5\": "
                            + e.getMessage());
            return Optional.empty();
        }
    }

    /** A time without an offset is one of the zone's clocks. */
    private static Optional<Instant> time(JsonFields fields, String text, ZoneId zone) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            // perhaps without an offset
        }
        try {
            return Optional.of(LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            fields.problem("/at", "must be a time like 2026-11-24T09:00:00Z, got \"" + text + "\"");
            return Optional.empty();
        }
    }

    /** The next time after this one; empty when there is none. */
    Optional<Instant> next(Instant after) {
        if (cron != null) {
            return Cron.of(cron, zone).next(after);
        }
        return Optional.ofNullable(at).filter(time -> time.isAfter(after));
    }

    /** The fields as a client would send them. */
    ObjectNode toJson() {
        return Json.object()
                .put("cron", cron)
                .put("at", Json.time(at))
                .put("time_zone", zone.getId())
                .put("missed", missed.wireName());
    }
}
