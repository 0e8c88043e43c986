package ai.kubiya.server.db;

import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** An open transaction. Stores speak SQL through it; services only pass it on. */
public final class Transaction {
    private final Handle handle;
    private final ListMemory lists;

    Transaction(Handle handle, ListMemory lists) {
        this.handle = handle;
        this.lists = lists;
    }

    ListMemory lists() {
        return lists;
    }

    public Query query(String sql) {
        return handle.createQuery(sql);
    }

    /** A query with these values; lists of ids and of texts among them are arrays. */
    public Query query(String sql, Map<String, ?> values) {
        return Values.bind(handle.createQuery(sql), values);
    }

    public Update update(String sql) {
        return handle.createUpdate(sql);
    }

    /** An update with these values, see {@link #query(String, Map)}. */
    public Update update(String sql, Map<String, ?> values) {
        return Values.bind(handle.createUpdate(sql), values);
    }

    /** Tells those who {@link Database#listen}, once this is committed. */
    public void tell(String channel, String text) {
        query("SELECT 1 FROM (SELECT pg_notify(:channel, :text)) AS sent")
                .bind("channel", channel)
                .bind("text", text)
                .mapTo(Integer.class)
                .one();
    }

    /** Calls this when everything is committed; never when it is rolled back. */
    public void afterCommit(Runnable action) {
        handle.afterCommit(action);
    }

    /** For statements that take many rows at once. */
    public Handle handle() {
        return handle;
    }
}
