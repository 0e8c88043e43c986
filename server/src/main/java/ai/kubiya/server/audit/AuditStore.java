package ai.kubiya.server.audit;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Page;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** SQL of the audit trail. */
final class AuditStore {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 1000;
    private static final String SELECT =
            "SELECT a.*, o.name AS organization_name FROM audit_item a JOIN organization o ON o.id = a.organization_id ";

    void insert(Transaction transaction, UUID id, Instant at, Caller caller, AuditEntry entry) {
        ObjectNode extra = entry.extra().deepCopy();
        extra.put("key_name", caller.keyName())
                .put("request_id", caller.requestId())
                .put("address", caller.origin().address());
        transaction
                .update("""
                        INSERT INTO audit_item (id, organization_id, at, user_id, email, key_id, category_type,
                                                category_name, resource_type, resource_text, action_type,
                                                action_successful, scope, extra)
                        VALUES (:id, :organizationId, :at, :userId, :email, :keyId, :category, :categoryName,
                                :resourceType, :resource, :action, :successful, :scope, :extra::jsonb)
                        """)
                .bind("id", id)
                .bind("organizationId", caller.organizationId())
                .bind("at", at)
                .bind("userId", caller.userId())
                .bind("email", caller.email())
                .bind("keyId", caller.keyId())
                .bind("category", entry.category())
                .bind("categoryName", cut(entry.categoryName(), LONGEST_NAME))
                .bind("resourceType", entry.resourceType())
                .bind("resource", cut(entry.resource(), LONGEST_TEXT))
                .bind("action", entry.action())
                .bind("successful", entry.successful())
                .bind("scope", "organization")
                .bind("extra", Json.text(extra))
                .execute();
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    /** The conditions of a filter, each with the value that it binds. Only what is asked for, so that plans are simple. */
    private static Map<String, Object> conditions(AuditFilter filter) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        put(conditions, "a.at >= :from", filter.from());
        put(conditions, "a.at <= :to", filter.to());
        put(conditions, "a.category_type = :categoryType", filter.categoryType());
        put(conditions, "a.category_name = :categoryName", filter.categoryName());
        put(conditions, "a.resource_type = :resourceType", filter.resourceType());
        put(conditions, "a.resource_text = :resourceText", filter.resourceText());
        put(conditions, "a.action_type = :actionType", filter.actionType());
        put(conditions, "a.email = :email", filter.email());
        put(conditions, "a.action_successful = :successful", filter.successful());
        put(conditions, "a.extra ->> 'session_id' = :sessionId", filter.sessionId());
        return conditions;
    }

    private static void put(Map<String, Object> conditions, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.put(condition, value);
        }
    }

    private static String where(AuditFilter filter) {
        StringBuilder where = new StringBuilder("WHERE a.organization_id = :organizationId");
        conditions(filter).keySet().forEach(condition -> where.append(" AND ").append(condition));
        return where.append(' ').toString();
    }

    private static Query bound(Query query, UUID organizationId, AuditFilter filter) {
        query.bind("organizationId", organizationId);
        conditions(filter)
                .forEach((condition, value) -> query.bind(condition.substring(condition.indexOf(':') + 1), value));
        return query;
    }

    /** Newest first, or oldest first. The page is found in the index alone, and its rows are read after that. */
    List<AuditItem> list(
            Transaction transaction, UUID organizationId, AuditFilter filter, boolean newestFirst, Page.Range range) {
        String order = newestFirst ? "at DESC, id DESC" : "at, id";
        String page = "SELECT a.id FROM audit_item a " + where(filter) + "ORDER BY " + qualified(order)
                + " LIMIT :limit OFFSET :offset";
        return bound(
                        transaction.query(SELECT + "WHERE a.id IN (" + page + ") ORDER BY " + qualified(order)),
                        organizationId,
                        filter)
                .bind("limit", range.limit())
                .bind("offset", range.offset())
                .map((row, context) -> read(row))
                .list();
    }

    private static String qualified(String order) {
        return order.replace("at", "a.at").replace("id", "a.id");
    }

    long count(Transaction transaction, UUID organizationId, AuditFilter filter) {
        return bound(transaction.query("SELECT count(*) FROM audit_item a " + where(filter)), organizationId, filter)
                .mapTo(Long.class)
                .one();
    }

    Optional<AuditItem> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE a.organization_id = :organizationId AND a.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The last place that was given to anybody, in whatever transaction, committed or not. */
    long lastPosition(Transaction transaction) {
        return transaction
                .query("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_item_position")
                .mapTo(Long.class)
                .one();
    }

    /** An id of this transaction; whoever took a place before has a smaller one. */
    long transactionId(Transaction transaction) {
        return transaction
                .query("SELECT pg_current_xact_id()::text::bigint")
                .mapTo(Long.class)
                .one();
    }

    /** Whether all transactions up to this id are over, so that whatever they wrote can be seen. */
    boolean allOver(Transaction transaction, long transactionId) {
        return transaction
                .query("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > :id")
                .bind("id", transactionId)
                .mapTo(Boolean.class)
                .one();
    }

    List<AuditItem> between(
            Transaction transaction, UUID organizationId, AuditFilter filter, long after, long upTo, int limit) {
        return bound(
                        transaction.query(SELECT + where(filter)
                                + "AND a.position > :after AND a.position <= :upTo ORDER BY a.position LIMIT :limit"),
                        organizationId,
                        filter)
                .bind("after", after)
                .bind("upTo", upTo)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    /** The smallest place of the items from a moment on. */
    Optional<Long> firstPosition(Transaction transaction, UUID organizationId, Instant from) {
        return transaction
                .query("SELECT min(position) FROM audit_item WHERE organization_id = :organizationId AND at >= :from")
                .bind("organizationId", organizationId)
                .bind("from", from)
                .mapTo(Long.class)
                .findOne();
    }

    /**
     * Removes the oldest items of all organisations.
     *
     * @param idBefore smaller than the id of every item that was written at {@code before} or later
     * @param limit at most this many
     * @return how many there were
     */
    int removeBefore(Transaction transaction, Instant before, UUID idBefore, int limit) {
        transaction
                .query("SELECT set_config('kubiya.audit_retention_before', :before, true)")
                .bind("before", before.toString())
                .mapTo(String.class)
                .one();
        return transaction
                .update("""
                        DELETE FROM audit_item WHERE id IN (
                            SELECT id FROM audit_item WHERE id < :idBefore AND at < :before ORDER BY id LIMIT :limit)
                        """)
                .bind("idBefore", idBefore)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }

    private static AuditItem read(ResultSet row) throws SQLException {
        return new AuditItem(
                row.getObject("id", UUID.class),
                row.getLong("position"),
                row.getString("organization_name"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("email"),
                row.getString("category_type"),
                row.getString("category_name"),
                row.getString("resource_type"),
                row.getString("resource_text"),
                row.getString("action_type"),
                row.getBoolean("action_successful"),
                row.getString("scope"),
                Json.parseObject(row.getString("extra")));
    }
}
