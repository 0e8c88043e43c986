package ai.kubiya.server.agent.chat;

import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.chat.SessionMessages.NewMessage;
import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.model.ModelMessage;
import ai.kubiya.server.model.ModelUsage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** SQL of sessions and their messages. */
final class SessionStore {
    private static final String SELECT =
            "SELECT s.*, e.status AS turn_status FROM session s LEFT JOIN execution e ON e.id = s.turn_id ";

    /** Who a new session belongs to. */
    record Owner(UUID organizationId, UUID userId, String email) {}

    /** False, and nothing written, when the id is taken, by whomever. */
    boolean insert(
            Transaction transaction,
            UUID id,
            Owner owner,
            Agent agent,
            String title,
            @Nullable String clientId,
            Instant at) {
        return transaction
                        .update("""
                                INSERT INTO session (id, organization_id, agent_id, agent_name, user_id, user_email, title,
                                                     client_id, created_at, updated_at)
                                VALUES (:id, :organizationId, :agentId, :agentName, :userId, :email, :title, :clientId,
                                        :at, :at)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("id", id)
                        .bind("organizationId", owner.organizationId())
                        .bind("agentId", agent.id())
                        .bind("agentName", agent.name())
                        .bind("userId", owner.userId())
                        .bind("email", owner.email())
                        .bind("title", title)
                        .bind("clientId", clientId)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    Optional<Session> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE s.organization_id = :organizationId AND s.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<UUID> findByClientId(Transaction transaction, UUID organizationId, String clientId) {
        return transaction
                .query("SELECT id FROM session WHERE organization_id = :organizationId AND client_id = :clientId")
                .bind("organizationId", organizationId)
                .bind("clientId", clientId)
                .mapTo(UUID.class)
                .findOne();
    }

    /**
     * Whose sessions a list shows.
     *
     * @param agent an id or a name; null = all agents'
     * @param reader whose own are shown in any case; null = all are
     * @param closed agents whose sessions with others are not shown to the reader
     */
    record Filter(@Nullable String agent, @Nullable UUID reader, List<UUID> closed) {}

    /** The condition on readers is {@link SessionService#isOpenTo}, for many at a time. */
    Page<Session> list(Transaction transaction, UUID organizationId, Filter filter, Page.Range range) {
        return ListQuery.over("session", "s", organizationId)
                .where("(s.agent_id::text = lower(:agent) OR s.agent_name = :agent)", "agent", filter.agent())
                .where("""
                        (s.user_id = :reader
                         OR (NOT s.several_agents AND s.agent_id IS NOT NULL AND s.agent_id <> ALL (:closed)))
                        """, "reader", filter.reader())
                .with("closed", filter.closed())
                .orderedBy("s.created_at DESC, s.id DESC")
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    /** Two messages at once to one session take turns here. */
    void lock(Transaction transaction, UUID id) {
        transaction
                .query("SELECT id FROM session WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    /** Reserves numbers for messages; answers the last of them. */
    long reserve(Transaction transaction, UUID id, int count, Instant at) {
        return transaction
                .query("""
                        UPDATE session SET last_seq = last_seq + :count, updated_at = :at
                        WHERE id = :id RETURNING last_seq
                        """)
                .bind("id", id)
                .bind("count", count)
                .bind("at", at)
                .mapTo(Long.class)
                .one();
    }

    void beginTurn(Transaction transaction, UUID id, UUID turn, Agent agent, String title) {
        transaction
                .update("""
                        UPDATE session SET turn_id = :turn, agent_id = :agentId, agent_name = :agentName,
                               several_agents = several_agents OR agent_id IS DISTINCT FROM :agentId,
                               title = CASE WHEN title = '' THEN :title ELSE title END
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("turn", turn)
                .bind("agentId", agent.id())
                .bind("agentName", agent.name())
                .bind("title", title)
                .execute();
    }

    void insertMessages(
            Transaction transaction,
            UUID session,
            long firstSeq,
            @Nullable UUID turn,
            List<NewMessage> messages,
            Instant at) {
        if (messages.isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.handle().prepareBatch("""
                INSERT INTO session_message (session_id, seq, message_id, role, content, execution_id, usage, created_at)
                VALUES (:session, :seq, :messageId, :role, :content::jsonb, :turn, :usage::jsonb, :at)
                """);
        long seq = firstSeq;
        for (NewMessage message : messages) {
            JsonNode content = StoredJson.of(message.message());
            batch.bind("session", session)
                    .bind("seq", seq++)
                    .bind("messageId", message.messageId())
                    .bind("role", content.path("role").asText())
                    .bind("content", Json.text(content))
                    .bind("turn", turn)
                    .bind("usage", Json.text(message.usage()))
                    .bind("at", at)
                    .add();
        }
        batch.execute();
    }

    Page<SessionMessage> messages(Transaction transaction, UUID session, Page.Range range) {
        long total = transaction
                .query("SELECT count(*) FROM session_message WHERE session_id = :session")
                .bind("session", session)
                .mapTo(Long.class)
                .one();
        List<SessionMessage> rows = transaction
                .query("""
                        SELECT * FROM session_message WHERE session_id = :session
                        ORDER BY seq LIMIT :limit OFFSET :offset
                        """)
                .bind("session", session)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> readMessage(row))
                .list();
        return new Page<>(rows, total, range);
    }

    /** The end of the conversation up to a message, oldest first. */
    List<SessionMessage> upTo(Transaction transaction, UUID session, long seq, int most) {
        return transaction
                .query("""
                        SELECT * FROM session_message WHERE session_id = :session AND seq <= :seq
                        ORDER BY seq DESC LIMIT :most
                        """)
                .bind("session", session)
                .bind("seq", seq)
                .bind("most", most)
                .map((row, context) -> readMessage(row))
                .list()
                .reversed();
    }

    /** What a turn has added to the conversation. */
    List<SessionMessage> ofTurn(Transaction transaction, UUID turn) {
        return transaction
                .query("SELECT * FROM session_message WHERE execution_id = :turn ORDER BY seq")
                .bind("turn", turn)
                .map((row, context) -> readMessage(row))
                .list();
    }

    private static Session read(ResultSet row) throws SQLException {
        String turnStatus = row.getString("turn_status");
        return new Session(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                row.getObject("agent_id", UUID.class),
                row.getString("agent_name"),
                row.getBoolean("several_agents"),
                row.getObject("user_id", UUID.class),
                row.getString("user_email"),
                row.getString("title"),
                row.getObject("turn_id", UUID.class),
                turnStatus != null && !Status.ofWireName(turnStatus).isOver(),
                row.getLong("last_seq"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static SessionMessage readMessage(ResultSet row) throws SQLException {
        try {
            return new SessionMessage(
                    row.getLong("seq"),
                    row.getString("message_id"),
                    Json.MAPPER.readValue(row.getString("content"), ModelMessage.class),
                    row.getObject("execution_id", UUID.class),
                    Json.MAPPER.readValue(row.getString("usage"), ModelUsage.class),
                    row.getObject("created_at", OffsetDateTime.class).toInstant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored message " + row.getString("message_id") + " is broken", e);
        }
    }
}
