package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.event.EventTypes;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.outbound.OutboundHttp;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A subscription to events.
 *
 * @param events types, {@code *} or {@code source.*}
 * @param ordered whether events about one resource are delivered one after another
 */
public record Outgoing(
        String url, List<String> events, String description, boolean ordered, String managedBy, String taskId)
        implements Definition {
    private static final int LONGEST_URL = 2000;
    private static final int MOST_EVENTS = 100;
    private static final Pattern EVENT = Pattern.compile("\\*|[a-z_]+(\\.[a-z_]+)*\\.(\\*|[a-z_]+)");

    public Outgoing {
        events = List.copyOf(events);
    }

    /** Reads the fields without looking at what they mean. */
    static Outgoing of(JsonFields fields) {
        return new Outgoing(
                fields.requiredText("url", LONGEST_URL).strip(),
                fields.texts("events"),
                fields.text("description", 2000, ""),
                fields.flag("ordered", false),
                fields.text("managed_by", 200, ""),
                fields.text("task_id", 200, ""));
    }

    /**
     * Notes what is wrong.
     *
     * @param strict whether every event must be one that there is; older clients name some that never come
     */
    void check(JsonFields fields, OutboundHttp http, boolean strict) {
        String problem = url.isEmpty() ? null : http.problem(url);
        if (problem != null) {
            fields.problem("/url", problem);
        }
        if (events.isEmpty()) {
            fields.problem("/events", "must name at least one event, or * for all");
        } else if (events.size() > MOST_EVENTS) {
            fields.problem("/events", "must be at most " + MOST_EVENTS + ", got " + events.size());
        }
        for (int i = 0; i < events.size(); i++) {
            String event = events.get(i);
            if (strict ? !EventTypes.isKnown(event) : !EVENT.matcher(event).matches()) {
                fields.problem(
                        "/events/" + i,
                        "there is no event \"" + event + "\"; the events are *, " + String.join(", ", EventTypes.ALL));
            }
        }
    }

    public boolean wants(String type) {
        return events.stream().anyMatch(event -> EventTypes.match(event, type));
    }

    @Override
    public Kind kind() {
        return Kind.OUTGOING;
    }

    @Override
    public String title() {
        return OutboundHttp.place(url);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("url", url);
        json.set("events", Json.array(events));
        return json.put("description", description)
                .put("ordered", ordered)
                .put("managed_by", managedBy)
                .put("task_id", taskId);
    }
}
