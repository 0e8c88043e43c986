package ai.kubiya.server.source;

import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.event.EventLog;
import ai.kubiya.server.event.NewEvent;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tells subscribers how syncs went; the first look at a new source is one. */
final class SourceNews {
    private final EventLog events;

    SourceNews(EventLog events) {
        this.events = events;
    }

    Source synced(Transaction transaction, Source source) {
        tell(transaction, source, "synced", data(source));
        return source;
    }

    void failed(Transaction transaction, Source source, String reason) {
        tell(transaction, source, "failed", data(source).put("reason", reason));
    }

    private void tell(Transaction transaction, Source source, String what, ObjectNode data) {
        events.append(
                transaction,
                source.organizationId(),
                new NewEvent("source." + what, "source", source.id().toString(), data));
    }

    private static ObjectNode data(Source source) {
        ObjectNode json = Json.object();
        SourceJson.of(source).properties().forEach(field -> {
            if (field.getValue().isValueNode()) {
                json.set(field.getKey(), field.getValue());
            }
        });
        return json;
    }
}
