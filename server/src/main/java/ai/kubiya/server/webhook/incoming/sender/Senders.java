package ai.kubiya.server.webhook.incoming.sender;

import ai.kubiya.server.webhook.trigger.EventView;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Habits of senders. */
public final class Senders {
    private static final int LONGEST_ID = 300;
    private static final int MOST_HEADERS = 60;
    private static final int LONGEST_HEADER = 2000;
    private static final int LONGEST_CHALLENGE = 2000;
    /** In this order; the first that is there is the sender's id of the delivery. */
    private static final List<String> DELIVERY_IDS =
            List.of("webhook-id", "x-github-delivery", "x-gitlab-event-uuid", "x-delivery-id", "idempotency-key");

    private static final Pattern CREDENTIAL =
            Pattern.compile(".*(authorization|cookie|token|secret|signature|password|api-?key).*");
    private static final String FORM = "application/x-www-form-urlencoded";

    private Senders() {}

    /** What the sender calls this delivery: the same again when it did not hear our answer. */
    public static Optional<String> deliveryId(Posted posted, String payload) {
        for (String header : DELIVERY_IDS) {
            Optional<String> id = posted.header(header);
            if (id.isPresent()) {
                return id.filter(text -> text.length() <= LONGEST_ID).map(text -> header + ":" + text);
            }
        }
        if (posted.header("x-slack-signature").isPresent()) {
            return field(payload, "event_id").map(id -> "slack:" + id);
        }
        return posted.header("stripe-signature").isPresent()
                ? field(payload, "id").map(id -> "stripe:" + id)
                : Optional.empty();
    }

    private static Optional<String> field(String payload, String name) {
        return Optional.ofNullable(EventView.payload(payload).path(name).textValue())
                .filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID);
    }

    /** The headers without credentials; proxies' own are of no use to anybody. */
    public static Map<String, String> kept(Posted posted) {
        Map<String, String> kept = new LinkedHashMap<>();
        posted.headers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(header -> !CREDENTIAL.matcher(header.getKey()).matches())
                .limit(MOST_HEADERS)
                .forEach(header -> kept.put(header.getKey(), cut(header.getValue())));
        return kept;
    }

    private static String cut(String value) {
        String clean = value.replace('\0', '\uFFFD');
        return clean.length() > LONGEST_HEADER ? clean.substring(0, LONGEST_HEADER) : clean;
    }

    /** The JSON in a body: some senders put it into the field {@code payload} of a form. */
    public static String payload(Posted posted) {
        boolean form =
                posted.header("content-type").map(type -> type.startsWith(FORM)).orElse(false);
        return form ? formField(posted.body(), "payload").orElse(posted.body()) : posted.body();
    }

    private static Optional<String> formField(String form, String name) {
        return Arrays.stream(form.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .findFirst()
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
    }

    /** What Slack wants to hear before it sends events. */
    public static Optional<String> challenge(String payload) {
        if (payload.length() > LONGEST_CHALLENGE || !payload.contains("url_verification")) {
            return Optional.empty();
        }
        var json = EventView.payload(payload);
        return json.path("type").asText().equals("url_verification")
                ? Optional.ofNullable(json.path("challenge").textValue())
                : Optional.empty();
    }

    /** Whether a sender only wants to see that somebody is there. */
    public static boolean isPing(Map<String, String> headers) {
        return "ping".equals(headers.get("x-github-event"));
    }
}
