package ai.kubiya.server.crypto;

import java.util.regex.Pattern;

/**
 * A column whose values the vault seals. Every feature that has one says so in a constant, and the server lists them all:
 * a change of the master key must not forget any. A test compares the list with the database.
 *
 * @param what the values in words, in the plural: "secrets"
 * @param loss what becomes of a row whose value nobody can open any more
 */
public record SealedColumn(String table, String column, String what, Loss loss) {
    private static final Pattern NAME = Pattern.compile("[a-z_]+");

    public SealedColumn {
        if (!NAME.matcher(table).matches() || !NAME.matcher(column).matches()) {
            throw new IllegalArgumentException("not names of a table and its column: " + table + ", " + column);
        }
    }

    /** What becomes of a row whose value is lost. */
    public enum Loss {
        /** The value becomes null; the rest of the row is of use without it. */
        CLEAR,
        /** The row means nothing without the value. */
        DELETE
    }
}
