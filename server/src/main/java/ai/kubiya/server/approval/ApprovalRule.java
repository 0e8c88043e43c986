package ai.kubiya.server.approval;

import ai.kubiya.server.access.Audience;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Says that something needs an approval, and whose.
 *
 * @param deciders empty = administrators
 * @param notRequester whether whoever asks may not agree to it as well
 * @param expiry after this long without an answer it counts as refused
 * @param message what those who decide should know
 */
public record ApprovalRule(Audience deciders, boolean notRequester, Duration expiry, String message) {
    public static final String FIELD = "requires_approval";

    private static final Duration USUAL_EXPIRY = Duration.ofDays(3);
    private static final long LONGEST_SECONDS = Duration.ofDays(90).toSeconds();
    private static final List<String> NAMES = List.of("users", "groups", "not_requester", "expires_in", "message");

    /** Where nobody is named: an administrator, also the one who asks. */
    public static ApprovalRule byAdministrators(String message) {
        return new ApprovalRule(new Audience(List.of(), List.of()), false, USUAL_EXPIRY, message);
    }

    /**
     * Reads the field {@value #FIELD}: true, or an object with any of users, groups, not_requester, expires_in (seconds) and
     * message.
     *
     * @param pointer where it stands
     * @param problems is told the place and a sentence about everything that is wrong
     * @return empty when no approval is needed
     */
    public static Optional<ApprovalRule> of(JsonNode json, String pointer, BiConsumer<String, String> problems) {
        if (json.isMissingNode() || json.isNull() || (json.isBoolean() && !json.booleanValue())) {
            return Optional.empty();
        }
        if (json.isBoolean()) {
            return Optional.of(byAdministrators(""));
        }
        if (!(json instanceof ObjectNode object)) {
            problems.accept(pointer, "must be true, false or an object, got " + JsonFields.kind(json));
            return Optional.empty();
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!NAMES.contains(name)) {
                problems.accept(pointer + "/" + name, "is no part of it; its parts are " + String.join(", ", NAMES));
            }
        });
        JsonFields fields = new JsonFields(object);
        ApprovalRule rule = new ApprovalRule(
                new Audience(fields.texts("users"), fields.texts("groups")),
                fields.flag("not_requester", false),
                fields.integer("expires_in", 1, LONGEST_SECONDS)
                        .map(Duration::ofSeconds)
                        .orElse(USUAL_EXPIRY),
                fields.text("message", 2000, ""));
        fields.problems().forEach(problem -> problems.accept(pointer + problem.field(), problem.message()));
        return Optional.of(rule);
    }

    /** Reads what was checked before. */
    public static Optional<ApprovalRule> stored(JsonNode json) {
        return of(json, "", (field, message) -> {});
    }

    /** In the form in which it is read. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.set("users", Json.array(deciders.users()));
        json.set("groups", Json.array(deciders.groups()));
        return json.put("not_requester", notRequester)
                .put("expires_in", expiry.toSeconds())
                .put("message", message);
    }

    static boolean mayDecide(Audience deciders, Caller caller) {
        return deciders.isEverybody() ? caller.may(Scope.ADMIN) : deciders.admits(caller);
    }
}
