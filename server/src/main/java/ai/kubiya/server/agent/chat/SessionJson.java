package ai.kubiya.server.agent.chat;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wire shapes of sessions and their messages. */
final class SessionJson {
    /** Fields that only the server sets; clients send them back after reading them. */
    static final List<String> READ_ONLY = List.of(
            "id",
            "uuid",
            "agent_id",
            "agent_name",
            "status",
            "execution_id",
            "message_count",
            "user",
            "created_at",
            "updated_at");

    private SessionJson() {}

    static ObjectNode of(Session session) {
        ObjectNode json = Json.object()
                .put("id", session.id().toString())
                .put("uuid", session.id().toString())
                .put("agent_id", text(session.agentId()))
                .put("agent_name", session.agentName())
                .put("title", session.title())
                .put("status", session.busy() ? "running" : "idle")
                .put("execution_id", text(session.turnId()))
                .put("message_count", session.messages());
        json.putObject("user").put("id", session.userId().toString()).put("email", session.userEmail());
        return json.put("created_at", Json.time(session.createdAt())).put("updated_at", Json.time(session.updatedAt()));
    }

    /** The stored form of a message, flat: {@code role}, {@code content}, and what its role adds. */
    static ObjectNode of(SessionMessage message) {
        ObjectNode json = Json.object().put("id", message.messageId()).put("seq", message.seq());
        json.setAll((ObjectNode) Json.MAPPER.valueToTree(message.message()));
        json.put("execution_id", text(message.turnId()));
        json.set("usage", Json.MAPPER.valueToTree(message.usage()));
        return json.put("created_at", Json.time(message.createdAt()));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
