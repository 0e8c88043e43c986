package ai.kubiya.server.limit;

import java.util.List;
import java.util.UUID;

/**
 * Counts on their way from memory into the database.
 *
 * @param number one more than that of this process's last batch
 */
record Batch(long number, List<Row> rows) {
    /** What was counted for a key since the last batch. */
    record Row(UUID keyId, Counts more) {}
}
