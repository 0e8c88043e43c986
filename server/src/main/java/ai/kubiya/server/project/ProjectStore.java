package ai.kubiya.server.project;

import ai.kubiya.server.db.ListQuery;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Page;
import ai.kubiya.server.project.code.ModuleCode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** SQL of projects. */
final class ProjectStore {
    private static final String SELECT = "SELECT p.* FROM project p ";

    void insert(Transaction transaction, Project project, byte @Nullable [] sensitiveValues) {
        bind(transaction.update("""
                                INSERT INTO project (id, organization_id, name, description, icons, url, branch, path,
                                    files, template_id, variables, sensitive_values, secrets, environment_variables,
                                    runner, auto_apply, drift_schedule, managed_by, task_id, code, commit, status,
                                    created_by, updated_by, created_at, updated_at)
                                VALUES (:id, :organizationId, :name, :description, :icons::jsonb, :url, :branch, :path,
                                    :files::jsonb, :templateId, :variables::jsonb, :sensitiveValues, :secrets::jsonb,
                                    :environment::jsonb, :runner, :autoApply, :driftSchedule, :managedBy, :taskId,
                                    :code::jsonb, :commit, :status, :by, :by, :at, :at)
                                """), project.definition())
                .bind("id", project.id())
                .bind("organizationId", project.organizationId())
                .bind("sensitiveValues", sensitiveValues)
                .bind("code", Json.text(project.code().json()))
                .bind("commit", project.commit())
                .bind("status", project.status().wireName())
                .bind("by", project.createdBy())
                .bind("at", project.createdAt())
                .execute();
    }

    private static Update bind(Update update, ProjectDefinition definition) {
        return update.bind("name", definition.name())
                .bind("description", definition.description())
                .bind("icons", Json.text(Json.array(definition.icons())))
                .bind("url", definition.code().url())
                .bind("branch", definition.code().branch())
                .bind("path", definition.code().path())
                .bind("files", Json.text(definition.code().files()))
                .bind("templateId", definition.templateId())
                .bind("variables", Json.text(definition.variablesJson()))
                .bind("secrets", Json.text(definition.secretsJson()))
                .bind("environment", Json.text(definition.environmentJson()))
                .bind("runner", definition.runner())
                .bind("autoApply", definition.autoApply())
                .bind("driftSchedule", definition.driftSchedule())
                .bind("managedBy", definition.managedBy())
                .bind("taskId", definition.taskId());
    }

    /**
     * Changes what a client says about a project.
     *
     * @param code what was read of the code that it names now
     * @param newInputs whether older plans are void from now on
     */
    void update(
            Transaction transaction,
            Project before,
            ProjectDefinition definition,
            byte @Nullable [] sensitiveValues,
            ReadCode code,
            boolean newInputs,
            String by,
            Instant at) {
        bind(transaction.update("""
                                UPDATE project SET name = :name, description = :description, icons = :icons::jsonb,
                                       url = :url, branch = :branch, path = :path, files = :files::jsonb,
                                       template_id = :templateId, variables = :variables::jsonb,
                                       sensitive_values = :sensitiveValues, secrets = :secrets::jsonb,
                                       environment_variables = :environment::jsonb, runner = :runner,
                                       auto_apply = :autoApply, drift_schedule = :driftSchedule,
                                       managed_by = :managedBy, task_id = :taskId,
                                       code = :code::jsonb, commit = :commit,
                                       inputs_version = inputs_version + :newInputs, updated_by = :by, updated_at = :at,
                                       version = version + 1
                                WHERE organization_id = :organizationId AND id = :id
                                """), definition)
                .bind("id", before.id())
                .bind("organizationId", before.organizationId())
                .bind("sensitiveValues", sensitiveValues)
                .bind("code", Json.text(code.code().json()))
                .bind("commit", code.commit())
                .bind("newInputs", newInputs ? 1 : 0)
                .bind("by", by)
                .bind("at", at)
                .execute();
    }

    /** What was read of the code, if the project still names that code. */
    void setCode(Transaction transaction, Project project, ReadCode code) {
        transaction
                .update("""
                        UPDATE project SET code = :code::jsonb, commit = :commit
                        WHERE organization_id = :organizationId AND id = :id AND inputs_version = :inputsVersion
                        """)
                .bind("organizationId", project.organizationId())
                .bind("id", project.id())
                .bind("inputsVersion", project.inputsVersion())
                .bind("code", Json.text(code.code().json()))
                .bind("commit", code.commit())
                .execute();
    }

    void delete(Transaction transaction, Project project) {
        transaction
                .update("DELETE FROM project WHERE organization_id = :organizationId AND id = :id")
                .bind("organizationId", project.organizationId())
                .bind("id", project.id())
                .execute();
    }

    /** Locks the row, so that two changes at once do not undo each other. */
    void lock(Transaction transaction, UUID organizationId, UUID id) {
        transaction
                .query("SELECT id FROM project WHERE organization_id = :organizationId AND id = :id FOR UPDATE")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }

    Optional<Project> find(Transaction transaction, UUID organizationId, UUID id) {
        return transaction
                .query(SELECT + "WHERE p.organization_id = :organizationId AND p.id = :id")
                .bind("organizationId", organizationId)
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<Project> findByName(Transaction transaction, UUID organizationId, String name) {
        return transaction
                .query(SELECT + "WHERE p.organization_id = :organizationId AND p.name = :name ORDER BY p.id LIMIT 10")
                .bind("organizationId", organizationId)
                .bind("name", name)
                .map((row, context) -> read(row))
                .list();
    }

    Page<Project> list(
            Transaction transaction,
            UUID organizationId,
            @Nullable String name,
            @Nullable ProjectStatus status,
            Page.Range range) {
        return ListQuery.over("project", "p", organizationId)
                .where("p.name = :name", "name", name)
                .where("p.status = :status", "status", status == null ? null : status.wireName())
                .page(transaction, SELECT, range, (row, context) -> read(row));
    }

    Optional<byte[]> sensitiveValues(Transaction transaction, Project project) {
        return transaction
                .query("SELECT sensitive_values FROM project WHERE organization_id = :organizationId AND id = :id"
                        + " AND sensitive_values IS NOT NULL")
                .bind("organizationId", project.organizationId())
                .bind("id", project.id())
                .map((row, context) -> row.getBytes("sensitive_values"))
                .findOne();
    }

    private static Project read(ResultSet row) throws SQLException {
        return new Project(
                row.getObject("id", UUID.class),
                row.getObject("organization_id", UUID.class),
                definition(row),
                new ModuleCode(Json.parseObject(row.getString("code"))),
                row.getString("commit"),
                ProjectStatus.ofWireName(row.getString("status")),
                row.getLong("inputs_version"),
                row.getString("created_by"),
                row.getString("updated_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static ProjectDefinition definition(ResultSet row) throws SQLException {
        ObjectNode json = Json.object();
        for (String column : List.of(
                "name",
                "description",
                "url",
                "branch",
                "path",
                "template_id",
                "runner",
                "drift_schedule",
                "managed_by",
                "task_id")) {
            json.put(column, row.getString(column));
        }
        for (String column : List.of("icons", "files", "variables", "secrets", "environment_variables")) {
            json.set(column, Json.parse(row.getString(column)));
        }
        json.put("auto_apply", row.getBoolean("auto_apply"));
        return ProjectDefinition.of(new JsonFields(json));
    }
}
