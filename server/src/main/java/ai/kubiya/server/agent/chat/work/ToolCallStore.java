package ai.kubiya.server.agent.chat.work;

import ai.kubiya.server.db.Transaction;
import java.util.Optional;
import java.util.UUID;

/** SQL of the tool calls of turns. */
final class ToolCallStore {
    /** Claims a tool call; another transaction that claims the same one waits here for the end of this one. */
    boolean claim(Transaction transaction, UUID turn, String callId) {
        return transaction.update("""
                                INSERT INTO turn_tool_call (turn_id, call_id) VALUES (:turn, :callId)
                                ON CONFLICT DO NOTHING
                                """).bind("turn", turn).bind("callId", callId).execute() == 1;
    }

    void setExecution(Transaction transaction, UUID turn, String callId, UUID execution) {
        transaction
                .update(
                        "UPDATE turn_tool_call SET execution_id = :execution WHERE turn_id = :turn AND call_id = :callId")
                .bind("turn", turn)
                .bind("callId", callId)
                .bind("execution", execution)
                .execute();
    }

    /** The execution of a call that was started. */
    Optional<UUID> find(Transaction transaction, UUID turn, String callId) {
        return transaction
                .query("SELECT execution_id FROM turn_tool_call WHERE turn_id = :turn AND call_id = :callId")
                .bind("turn", turn)
                .bind("callId", callId)
                .mapTo(UUID.class)
                .findOne();
    }
}
