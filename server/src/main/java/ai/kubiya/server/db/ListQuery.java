package ai.kubiya.server.db;

import ai.kubiya.server.http.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * One page of a table's rows, and how many there are. Only the conditions that a client asked for are in the statement,
 * so that the database can answer from an index: the page's ids are found there, and only its rows are read.
 *
 * <p>Pages beyond row {@value #DEEP} of a list ordered by id go on after the row where the page before them ended, if
 * this process has read that one in the last minute: walking through a million rows takes the same time for each page.
 * The number of rows of a list longer than that may be ten seconds old.
 */
public final class ListQuery {
    static final int DEEP = 10_000;

    private final String table;
    private final String alias;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private String order;
    private boolean byId = true;
    private boolean newestFirst;

    private ListQuery(String table, String alias) {
        this.table = table;
        this.alias = alias;
        this.order = alias + ".id";
    }

    /** The rows of a table with a column {@code id}, one organisation's. */
    public static ListQuery over(String table, String alias, UUID organizationId) {
        return new ListQuery(table, alias)
                .where(alias + ".organization_id = :organizationId", "organizationId", organizationId);
    }

    /** Narrows the list; a null narrows nothing. */
    public ListQuery where(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
        return this;
    }

    /** Narrows the list by a condition with several values; a list among them is an array. */
    public ListQuery where(String condition, Map<String, ?> more) {
        conditions.add(condition);
        values.putAll(more);
        return this;
    }

    /** A list that a condition names; {@code ALL (:name)} and {@code ANY (:name)} take it. */
    public ListQuery with(String name, List<UUID> ids) {
        if (conditions.stream().anyMatch(condition -> condition.contains(":" + name))) {
            values.put(name, List.copyOf(ids));
        }
        return this;
    }

    /** As {@link #with}, for texts. */
    public ListQuery withTexts(String name, Collection<String> texts) {
        if (conditions.stream().anyMatch(condition -> condition.contains(":" + name))) {
            values.put(name, new Values.Texts(List.copyOf(texts)));
        }
        return this;
    }

    /** Ids grow with time. */
    public ListQuery newestFirst() {
        newestFirst = true;
        order = alias + ".id DESC";
        return this;
    }

    /** Another order than the ids'; it must not leave two rows equal. */
    public ListQuery orderedBy(String columns) {
        byId = false;
        order = columns;
        return this;
    }

    /**
     * Reads a page.
     *
     * @param select {@code SELECT … FROM …} with the table under its alias, without conditions
     */
    public <T> Page<T> page(Transaction transaction, String select, Page.Range range, RowMapper<T> mapper) {
        List<T> rows = byId && range.offset() >= DEEP
                ? deepRows(transaction, select, range, mapper)
                : rows(transaction, select, range, mapper);
        boolean last = rows.size() < range.limit() && (range.offset() == 0 || !rows.isEmpty());
        long total = last ? range.offset() + rows.size() : count(transaction);
        return new Page<>(rows, total, range);
    }

    private <T> List<T> rows(Transaction transaction, String select, Page.Range range, RowMapper<T> mapper) {
        String sql = select + " JOIN (SELECT " + alias + ".id AS page_id FROM " + table + " " + alias + conditions()
                + " ORDER BY " + order + " LIMIT :limit OFFSET :offset) page ON page.page_id = " + alias
                + ".id ORDER BY " + order;
        return bound(transaction.query(sql), range).map(mapper).list();
    }

    private <T> List<T> deepRows(Transaction transaction, String select, Page.Range range, RowMapper<T> mapper) {
        ListMemory memory = transaction.lists();
        String name = conditions() + order + values;
        Optional<UUID> before = memory.endOf(table + name, range.offset());
        String after = before.isEmpty() ? "" : " AND " + alias + ".id " + (newestFirst ? "<" : ">") + " :before";
        Query query = transaction.query("SELECT " + alias + ".id FROM " + table + " " + alias + conditions() + after
                + " ORDER BY " + order + " LIMIT :limit OFFSET :offset");
        before.ifPresent(id -> query.bind("before", id));
        Page.Range left = before.isPresent() ? new Page.Range(range.limit(), 0) : range;
        List<UUID> ids = bound(query, left).mapTo(UUID.class).list();
        if (ids.isEmpty()) {
            return List.of();
        }
        memory.ended(table + name, range.offset() + ids.size(), ids.getLast());
        return transaction
                .query(select + " WHERE " + alias + ".id = ANY (:ids) ORDER BY " + order)
                .bindArray("ids", UUID.class, ids.toArray())
                .map(mapper)
                .list();
    }

    private long count(Transaction transaction) {
        String sql = "SELECT count(*) FROM " + table + " " + alias + conditions();
        return transaction.lists().total(sql + values, DEEP, () -> {
            Query query = transaction.query(sql);
            bind(query);
            return query.mapTo(Long.class).one();
        });
    }

    private String conditions() {
        return " WHERE " + String.join(" AND ", conditions);
    }

    private Query bound(Query query, Page.Range range) {
        bind(query);
        return query.bind("limit", range.limit()).bind("offset", range.offset());
    }

    private void bind(Query query) {
        Values.bind(query, values);
    }
}
