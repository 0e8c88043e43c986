package ai.kubiya.server.workflow.run;

import ai.kubiya.server.db.Columns;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.workflow.definition.Step;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of runs of workflows and their steps. Whoever writes holds the lease of the run's execution. */
final class RunStore {

    void insert(Transaction transaction, UUID execution, UUID organizationId, byte @Nullable [] secrets) {
        transaction
                .update("""
                        INSERT INTO workflow_run (execution_id, organization_id, secrets)
                        VALUES (:execution, :organizationId, :secrets)
                        """)
                .bind("execution", execution)
                .bind("organizationId", organizationId)
                .bind("secrets", secrets)
                .execute();
    }

    void insertSteps(Transaction transaction, UUID execution, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            insertStep(transaction, execution, steps.get(i).name(), StepState.WHOLE, i, null);
        }
    }

    void insertStep(
            Transaction transaction, UUID execution, String name, int item, int position, @Nullable JsonNode value) {
        transaction
                .update("""
                        INSERT INTO workflow_step (execution_id, name, item, position, status, value)
                        VALUES (:execution, :name, :item, :position, 'pending', :value::jsonb)
                        """)
                .bind("execution", execution)
                .bind("name", name)
                .bind("item", item)
                .bind("position", position)
                .bind("value", value == null ? null : Json.text(value))
                .execute();
    }

    Optional<byte[]> secrets(Transaction transaction, UUID organizationId, UUID execution) {
        return transaction
                .query("""
                        SELECT secrets FROM workflow_run
                        WHERE organization_id = :organizationId AND execution_id = :execution AND secrets IS NOT NULL
                        """)
                .bind("organizationId", organizationId)
                .bind("execution", execution)
                .mapTo(byte[].class)
                .findOne();
    }

    /** In the order of the steps, each before its items. */
    List<StepState> steps(Transaction transaction, UUID organizationId, UUID execution) {
        return transaction
                .query("""
                        SELECT s.* FROM workflow_step s JOIN workflow_run r USING (execution_id)
                        WHERE r.organization_id = :organizationId AND execution_id = :execution
                        ORDER BY position, item
                        """)
                .bind("organizationId", organizationId)
                .bind("execution", execution)
                .map((row, context) -> read(row))
                .list();
    }

    /** An attempt begins; without an execution it is a step whose items begin. */
    void begin(Transaction transaction, UUID run, StepState step, @Nullable UUID execution, Instant at) {
        transaction
                .update("""
                        UPDATE workflow_step
                        SET status = 'running', attempt = attempt + 1, step_execution_id = :stepExecution,
                            not_before = NULL, error = NULL, error_code = NULL,
                            started_at = coalesce(started_at, :at)
                        WHERE execution_id = :run AND name = :name AND item = :item
                        """)
                .bind("run", run)
                .bind("name", step.name())
                .bind("item", step.item())
                .bind("stepExecution", execution)
                .bind("at", at)
                .execute();
    }

    /** Notes why a running step is being stopped. */
    void stopping(Transaction transaction, UUID run, StepState step, String errorCode) {
        transaction
                .update("""
                        UPDATE workflow_step SET error_code = :errorCode
                        WHERE execution_id = :run AND name = :name AND item = :item
                        """)
                .bind("run", run)
                .bind("name", step.name())
                .bind("item", step.item())
                .bind("errorCode", errorCode)
                .execute();
    }

    /** Another attempt is due later. */
    void postpone(Transaction transaction, UUID run, StepState step, String error, int attempt, Instant notBefore) {
        transaction
                .update("""
                        UPDATE workflow_step
                        SET status = 'pending', error = :error, error_code = NULL, attempt = :attempt,
                            not_before = :notBefore
                        WHERE execution_id = :run AND name = :name AND item = :item
                        """)
                .bind("run", run)
                .bind("name", step.name())
                .bind("item", step.item())
                .bind("error", error)
                .bind("attempt", attempt)
                .bind("notBefore", notBefore)
                .execute();
    }

    void end(Transaction transaction, UUID run, StepState step, StepEnd end, Instant at) {
        transaction
                .update("""
                        UPDATE workflow_step
                        SET status = :status, output = :output, exit_code = :exitCode, error_code = :errorCode,
                            error = :error, not_before = NULL, finished_at = :at
                        WHERE execution_id = :run AND name = :name AND item = :item
                        """)
                .bind("run", run)
                .bind("name", step.name())
                .bind("item", step.item())
                .bind("status", end.status().wireName())
                .bind("output", end.output())
                .bind("exitCode", end.exitCode())
                .bind("errorCode", end.errorCode())
                .bind("error", end.error())
                .bind("at", at)
                .execute();
    }

    private static StepState read(ResultSet row) throws SQLException {
        String value = row.getString("value");
        return new StepState(
                row.getString("name"),
                row.getInt("item"),
                row.getInt("position"),
                StepStatus.ofWireName(row.getString("status")),
                row.getInt("attempt"),
                value == null ? null : Json.parse(value),
                row.getObject("step_execution_id", UUID.class),
                row.getString("output"),
                row.getObject("exit_code", Integer.class),
                row.getString("error_code"),
                row.getString("error"),
                Columns.instant(row, "not_before"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "finished_at"));
    }
}
