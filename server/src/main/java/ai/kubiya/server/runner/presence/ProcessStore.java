package ai.kubiya.server.runner.presence;

import ai.kubiya.protocol.remote.ComponentReport;
import ai.kubiya.protocol.remote.ProcessReport;
import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.server.access.RunnerIdentity;
import ai.kubiya.server.db.Transaction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** SQL of the processes of runners. */
final class ProcessStore {
    private static final TypeReference<Map<String, ComponentReport>> COMPONENTS = new TypeReference<>() {};
    private static final UUID EMBEDDED = new UUID(0, 0);

    /** Whoever writes of a runner and of its processes locks the runner first. False when it is no more. */
    boolean lock(Transaction transaction, RunnerIdentity runner) {
        return transaction
                .query("SELECT id FROM runner WHERE organization_id = :organization AND id = :runner FOR UPDATE")
                .bind("organization", runner.organizationId())
                .bind("runner", runner.runnerId())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /** The start of the program that an instance last registered with. */
    Optional<UUID> boot(Transaction transaction, RunnerIdentity runner, UUID instance) {
        return transaction
                .query("""
                        SELECT boot FROM runner_process
                        WHERE organization_id = :organization AND runner_id = :runner AND instance = :instance
                        """)
                .bind("organization", runner.organizationId())
                .bind("runner", runner.runnerId())
                .bind("instance", instance)
                .mapTo(UUID.class)
                .findOne();
    }

    /** Notes what a process says; one that was forgotten is there again. */
    void write(Transaction transaction, RunnerIdentity runner, ProcessReport report, Instant now) {
        transaction
                .update("""
                        INSERT INTO runner_process (runner_id, instance, organization_id, boot, host, platform, version,
                                                    labels, concurrency, running, draining, components, capabilities,
                                                    started_at, last_seen_at)
                        VALUES (:runner, :instance, :organization, :boot, :host, :platform, :version, :labels,
                                :concurrency, :running, :draining, :components::jsonb, :capabilities, :now, :now)
                        ON CONFLICT (runner_id, instance) DO UPDATE
                        SET host = excluded.host, platform = excluded.platform, version = excluded.version,
                            labels = excluded.labels, concurrency = excluded.concurrency, running = excluded.running,
                            draining = excluded.draining, components = excluded.components,
                            capabilities = excluded.capabilities, last_seen_at = excluded.last_seen_at,
                            started_at = CASE WHEN runner_process.boot = excluded.boot
                                         THEN runner_process.started_at ELSE excluded.started_at END,
                            boot = excluded.boot
                        """)
                .bind("runner", runner.runnerId())
                .bind("instance", report.instance())
                .bind("organization", runner.organizationId())
                .bind("boot", report.boot())
                .bind("host", report.host())
                .bind("platform", report.platform())
                .bind("version", report.version())
                .bindArray("labels", String.class, report.labels().toArray())
                .bind("concurrency", report.concurrency())
                .bind("running", report.running())
                .bind("draining", report.draining())
                .bind("components", text(report.components()))
                .bindArray("capabilities", String.class, report.capabilities().toArray())
                .bind("now", now)
                .execute();
    }

    /** Whether a process started before its runner was told to start anew. */
    boolean mustRestart(Transaction transaction, RunnerIdentity runner, UUID instance) {
        return transaction
                .query("""
                        SELECT EXISTS (SELECT FROM runner r JOIN runner_process p ON p.runner_id = r.id
                                       WHERE r.organization_id = :organization AND r.id = :runner
                                         AND p.instance = :instance AND p.started_at < r.restart_wanted_at)
                        """)
                .bind("organization", runner.organizationId())
                .bind("runner", runner.runnerId())
                .bind("instance", instance)
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether this start of a process is the instance's last and takes work. */
    boolean takesWork(Transaction transaction, RunnerIdentity runner, UUID instance, UUID boot) {
        return transaction
                .query("""
                        SELECT EXISTS (SELECT FROM runner_process
                                       WHERE organization_id = :organization AND runner_id = :runner
                                         AND instance = :instance AND boot = :boot AND NOT draining)
                        """)
                .bind("organization", runner.organizationId())
                .bind("runner", runner.runnerId())
                .bind("instance", instance)
                .bind("boot", boot)
                .mapTo(Boolean.class)
                .one();
    }

    /** Notes a sign of life; true when the runner was taken for offline. */
    boolean seen(Transaction transaction, RunnerIdentity runner, Instant now) {
        return transaction
                .query("""
                        UPDATE runner SET last_seen_at = greatest(runner.last_seen_at, :now), online = true
                        FROM (SELECT id, online FROM runner
                              WHERE organization_id = :organization AND id = :runner FOR UPDATE) before
                        WHERE runner.id = before.id
                        RETURNING NOT before.online
                        """)
                .bind("organization", runner.organizationId())
                .bind("runner", runner.runnerId())
                .bind("now", now)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    void delete(Transaction transaction, RunnerIdentity runner, UUID instance, UUID boot) {
        transaction
                .update("""
                        DELETE FROM runner_process
                        WHERE organization_id = :organization AND runner_id = :runner AND instance = :instance
                          AND boot = :boot
                        """)
                .bind("organization", runner.organizationId())
                .bind("runner", runner.runnerId())
                .bind("instance", instance)
                .bind("boot", boot)
                .execute();
    }

    /** Takes a runner without processes for offline; true when it was not. */
    boolean gone(Transaction transaction, RunnerIdentity runner, Instant since) {
        return transaction
                        .update("""
                                UPDATE runner SET online = false
                                WHERE organization_id = :organization AND id = :runner AND online
                                  AND NOT EXISTS (SELECT FROM runner_process p
                                                  WHERE p.runner_id = runner.id AND p.last_seen_at >= :since)
                                """)
                        .bind("organization", runner.organizationId())
                        .bind("runner", runner.runnerId())
                        .bind("since", since)
                        .execute()
                == 1;
    }

    /** A runner that became offline. */
    record Silent(UUID organization, UUID id, String name, Instant lastSeen) {}

    /** Takes runners for offline that were not heard of since; every one is answered to one server alone. */
    List<Silent> silent(Transaction transaction, Instant since) {
        return transaction
                .query("""
                        UPDATE runner SET online = false
                        WHERE id IN (SELECT id FROM runner WHERE online AND last_seen_at < :since
                                     ORDER BY last_seen_at LIMIT 100 FOR UPDATE SKIP LOCKED)
                        RETURNING organization_id, id, name, last_seen_at
                        """)
                .bind("since", since)
                .map((row, context) -> new Silent(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        instant(row, "last_seen_at")))
                .list();
    }

    void forget(Transaction transaction, Instant before) {
        transaction
                .update("DELETE FROM runner_process WHERE last_seen_at < :before")
                .bind("before", before)
                .execute();
        transaction
                .update("DELETE FROM embedded_runner WHERE last_seen_at < :before")
                .bind("before", before)
                .execute();
    }

    /** Processes of an organisation's runners that were heard of since. */
    List<RunnerProcess> live(Transaction transaction, UUID organization, Collection<UUID> runners, Instant since) {
        return transaction
                .query("""
                        SELECT * FROM runner_process
                        WHERE organization_id = :organization AND runner_id = ANY (:runners) AND last_seen_at >= :since
                        ORDER BY started_at, instance
                        """)
                .bind("organization", organization)
                .bindArray("runners", UUID.class, runners.toArray())
                .bind("since", since)
                .map((row, context) -> new RunnerProcess(
                        row.getObject("runner_id", UUID.class),
                        row.getObject("instance", UUID.class),
                        row.getString("host"),
                        row.getString("platform"),
                        row.getString("version"),
                        List.of((String[]) row.getArray("labels").getArray()),
                        row.getInt("concurrency"),
                        row.getInt("running"),
                        row.getBoolean("draining"),
                        components(row.getString("components")),
                        List.of((String[]) row.getArray("capabilities").getArray()),
                        instant(row, "started_at"),
                        instant(row, "last_seen_at")))
                .list();
    }

    void writeEmbedded(
            Transaction transaction,
            String node,
            String version,
            int concurrency,
            int running,
            Map<String, ComponentReport> components,
            Instant startedAt,
            Instant now) {
        transaction
                .update("""
                        INSERT INTO embedded_runner (node, version, concurrency, running, components, started_at,
                                                     last_seen_at)
                        VALUES (:node, :version, :concurrency, :running, :components::jsonb, :startedAt, :now)
                        ON CONFLICT (node) DO UPDATE
                        SET version = excluded.version, concurrency = excluded.concurrency, running = excluded.running,
                            components = excluded.components, started_at = excluded.started_at,
                            last_seen_at = excluded.last_seen_at
                        """)
                .bind("node", node)
                .bind("version", version)
                .bind("concurrency", concurrency)
                .bind("running", running)
                .bind("components", text(components))
                .bind("startedAt", startedAt)
                .bind("now", now)
                .execute();
    }

    void deleteEmbedded(Transaction transaction, String node) {
        transaction
                .update("DELETE FROM embedded_runner WHERE node = :node")
                .bind("node", node)
                .execute();
    }

    List<RunnerProcess> embedded(Transaction transaction, Instant since) {
        return transaction
                .query("SELECT * FROM embedded_runner WHERE last_seen_at >= :since ORDER BY node")
                .bind("since", since)
                .map((row, context) -> new RunnerProcess(
                        EMBEDDED,
                        UUID.nameUUIDFromBytes(row.getString("node").getBytes(StandardCharsets.UTF_8)),
                        "",
                        "",
                        row.getString("version"),
                        List.of(),
                        row.getInt("concurrency"),
                        row.getInt("running"),
                        false,
                        components(row.getString("components")),
                        List.of(Archives.CAPABILITY),
                        instant(row, "started_at"),
                        instant(row, "last_seen_at")))
                .list();
    }

    /** Runs that wait for the embedded runners; counting ends at a thousand. */
    int embeddedLoad(Transaction transaction) {
        return transaction.query("""
                        SELECT (SELECT count(*) FROM (SELECT FROM execution WHERE status = 'queued' AND kind = 'tool'
                                                        AND runner = 'local' LIMIT 1000) waiting)
                             + (SELECT count(*) FROM execution WHERE status IN ('leased', 'running')
                                  AND kind = 'tool' AND runner = 'local')
                        """).mapTo(Integer.class).one();
    }

    private static String text(Map<String, ComponentReport> components) {
        try {
            return Wire.MAPPER.writeValueAsString(components);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, ComponentReport> components(String json) {
        try {
            return Wire.MAPPER.readValue(json, COMPONENTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON is broken", e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
