package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the answer goes.
 *
 * @param destination a url, a channel; empty = nowhere, or to the sender that waits
 */
public record Communication(Method method, String destination) {
    /** What the Terraform provider sends where nothing was said. */
    private static final String NOTHING_SAID = "webhook";

    /** The ways. */
    public enum Method {
        SLACK("Slack"),
        TEAMS("Teams"),
        HTTP("http");

        private final String wireName;

        Method(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        /** Real clients do not agree on the case. */
        static Optional<Method> of(String text) {
            return Arrays.stream(values())
                    .filter(method -> method.wireName.equalsIgnoreCase(text))
                    .findFirst();
        }
    }

    static Communication of(JsonFields webhook, boolean strict) {
        JsonFields fields = new JsonFields(webhook.object("communication"));
        String said = fields.text("method", 20, Method.HTTP.wireName).strip();
        String destination = fields.text("destination", 2000, "").strip();
        Optional<Method> method = Method.of(said);
        if (method.isEmpty()) {
            fields.problem(
                    "/method",
                    "must be one of "
                            + Arrays.stream(Method.values()).map(Method::wireName).collect(Collectors.joining(", "))
                            + ", got \"" + said + "\"");
        }
        try {
            fields.check(strict);
        } catch (ApiException e) {
            e.problems()
                    .forEach(problem -> webhook.problem("/communication" + problem.field(), problem.message()));
        }
        return new Communication(method.orElse(Method.HTTP), destination);
    }

    /** Where the answer goes without being asked for; empty = nowhere. */
    public Optional<String> place() {
        boolean somewhere =
                !destination.isEmpty() && !destination.toLowerCase(Locale.ROOT).equals(NOTHING_SAID);
        return somewhere ? Optional.of(destination) : Optional.empty();
    }

    ObjectNode toJson() {
        return Json.object().put("method", method.wireName).put("destination", destination);
    }
}
