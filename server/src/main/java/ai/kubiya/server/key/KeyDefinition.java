package ai.kubiya.server.key;

import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say about a key.
 *
 * @param scopes empty = none were named
 * @param expiresAt in whole milliseconds, as answers show it; null = never
 */
record KeyDefinition(
        String name,
        String description,
        Set<Scope> scopes,
        @Nullable Instant expiresAt,
        KeyLimits limits) {
    /** What only the server says; clients send it back after reading it. */
    private static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "key",
            "prefix",
            "user",
            "created_by",
            "created_at",
            "updated_at",
            "last_used",
            "revoked_at",
            "status");

    private static final long HIGHEST_LIMIT = 1_000_000_000;
    private static final int LAST_YEAR = 9999;

    KeyDefinition {
        scopes = Set.copyOf(scopes);
    }

    static KeyDefinition of(JsonFields fields) {
        fields.ignore(READ_ONLY);
        return new KeyDefinition(
                fields.requiredText("name", 200).strip(),
                fields.text("description", 2000, ""),
                scopes(fields),
                time(fields, "expires_at").orElse(null),
                new KeyLimits(limit(fields, "rate_limit_per_minute"), limit(fields, "rate_limit_per_day")));
    }

    private static Set<Scope> scopes(JsonFields fields) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        List<String> names = fields.texts("scopes");
        for (int i = 0; i < names.size(); i++) {
            Optional<Scope> scope = Scope.ofWireName(names.get(i));
            if (scope.isPresent()) {
                scopes.add(scope.get());
            } else {
                String all = Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.joining(", "));
                fields.problem("/scopes/" + i, "there is no scope \"" + names.get(i) + "\"; the scopes are " + all);
            }
        }
        return scopes;
    }

    private static Optional<Instant> time(JsonFields fields, String name) {
        Optional<String> text = fields.text(name, 60).map(String::strip);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.get());
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return Optional.of(time.toInstant().truncatedTo(ChronoUnit.MILLIS));
            }
        } catch (DateTimeParseException e) {
            // answered below
        }
        fields.problem(
                "/" + name, "must be a time such as 2030-01-31T12:00:00Z (RFC 3339), got \"" + text.get() + "\"");
        return Optional.empty();
    }

    private static @Nullable Integer limit(JsonFields fields, String name) {
        return fields.integer(name, 0, HIGHEST_LIMIT).map(Long::intValue).orElse(null);
    }

    /** The stored fields as a client would send them. */
    static ObjectNode toJson(ApiKey key) {
        ObjectNode json = Json.object().put("name", key.name()).put("description", key.description());
        json.set(
                "scopes",
                Json.array(key.scopes().stream().sorted().map(Scope::wireName).toList()));
        return json.put("expires_at", Json.time(key.expiresAt()))
                .put("rate_limit_per_minute", key.limits().perMinute())
                .put("rate_limit_per_day", key.limits().perDay());
    }

    static KeyDefinition forOperator(String name) {
        return new KeyDefinition(name, "", Set.of(Scope.ADMIN), null, KeyLimits.AS_SET);
    }

    KeyDefinition with(Set<Scope> otherScopes, @Nullable Instant otherExpiry, KeyLimits otherLimits) {
        return new KeyDefinition(name, description, otherScopes, otherExpiry, otherLimits);
    }
}
