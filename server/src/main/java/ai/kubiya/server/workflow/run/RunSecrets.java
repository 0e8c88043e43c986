package ai.kubiya.server.workflow.run;

import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.tool.run.RequestSecrets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Secrets that come with the request for a workflow: kept sealed, and known to its own steps alone. */
public final class RunSecrets implements RequestSecrets {
    public static final List<SealedColumn> SEALED = List.of(new SealedColumn(
            "workflow_run", "secrets", "secrets that came with requests for workflows", SealedColumn.Loss.CLEAR));

    private final Database database;
    private final RunStore store = new RunStore();
    private final Vault vault;

    public RunSecrets(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    byte @Nullable [] seal(UUID run, Map<String, String> values) {
        return values.isEmpty() ? null : vault.seal(Json.text(new TreeMap<>(values)), place(run));
    }

    private static String place(UUID run) {
        return "workflow_run " + run;
    }

    @Override
    public Map<String, String> of(UUID organizationId, @Nullable UUID run) {
        Map<String, String> values = new TreeMap<>();
        if (run != null) {
            database.read(transaction -> store.secrets(transaction, organizationId, run))
                    .ifPresent(kept -> Json.parseObject(vault.open(kept, place(run)))
                            .properties()
                            .forEach(entry ->
                                    values.put(entry.getKey(), entry.getValue().asText())));
        }
        return values;
    }
}
