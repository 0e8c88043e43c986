package ai.kubiya.server.crypto;

import ai.kubiya.server.db.Transaction;
import java.util.Collection;
import java.util.List;

/** SQL over all columns with sealed values, whatever they belong to. Their names are constants of this program. */
final class SealedColumnStore {
    /**
     * A sealed value.
     *
     * @param place where the row is now; it is another place after every change of the row
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(String place, byte[] value) {}

    /** Which sealed values are under one of these master keys. */
    private static String under(SealedColumn column) {
        return "encode(substring(" + column.column() + " FROM 2 FOR " + MasterKey.ID_BYTES + "), 'hex') = ANY(:keys)";
    }

    /** The next rows under these keys, in the order of the table. */
    List<Row> find(Transaction transaction, SealedColumn column, Collection<String> keys, String after, int limit) {
        return transaction
                .query("SELECT ctid::text AS place, " + column.column() + " AS value FROM " + column.table()
                        + " WHERE ctid > :after::tid AND " + under(column) + " ORDER BY ctid LIMIT :limit")
                .bind("after", after)
                .bindArray("keys", String.class, keys.toArray())
                .bind("limit", limit)
                .map((row, context) -> new Row(row.getString("place"), row.getBytes("value")))
                .list();
    }

    /** Nothing happens when somebody changed the row in between; it then has a place of its own further on. */
    int replace(Transaction transaction, SealedColumn column, Row row, byte[] value) {
        return transaction
                .update("UPDATE " + column.table() + " SET " + column.column()
                        + " = :value WHERE ctid = :place::tid AND " + column.column() + " = :old")
                .bind("value", value)
                .bind("place", row.place())
                .bind("old", row.value())
                .execute();
    }

    long count(Transaction transaction, SealedColumn column, Collection<String> keys) {
        return transaction
                .query("SELECT count(*) FROM " + column.table() + " WHERE " + under(column))
                .bindArray("keys", String.class, keys.toArray())
                .mapTo(Long.class)
                .one();
    }

    int giveUp(Transaction transaction, SealedColumn column, Collection<String> keys) {
        String statement = switch (column.loss()) {
            case CLEAR -> "UPDATE " + column.table() + " SET " + column.column() + " = NULL WHERE ";
            case DELETE -> "DELETE FROM " + column.table() + " WHERE ";
        };
        return transaction
                .update(statement + under(column))
                .bindArray("keys", String.class, keys.toArray())
                .execute();
    }
}
