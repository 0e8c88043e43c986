package ai.kubiya.server.model.organization;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.audit.AuditEntry;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.SealedColumn.Loss;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.InternalAddresses;
import ai.kubiya.server.model.ModelSettings;
import ai.kubiya.server.model.Models;
import ai.kubiya.server.model.organization.OrganizationModelStore.Row;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which language models an organisation has: its own where it set some, else the server's. */
public final class OrganizationModels {
    public static final List<SealedColumn> SEALED =
            List.of(new SealedColumn("organization_model", "api_key", "keys of language models", Loss.CLEAR));

    private final Database database;
    private final OrganizationModelStore store = new OrganizationModelStore();
    private final Models models;
    private final Vault vault;
    private final boolean internalAllowed;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * The service.
     *
     * @param internalAllowed whether an organisation may name an endpoint on an internal address; the server's own
     *     setting may always
     */
    public OrganizationModels(
            Database database, Models models, Vault vault, boolean internalAllowed, AuditLog audit, Clock clock) {
        this.database = database;
        this.models = models;
        this.vault = vault;
        this.internalAllowed = internalAllowed;
        this.audit = audit;
        this.clock = clock;
    }

    /** Names of the models that agents may use; empty when none is configured. */
    public List<String> available(UUID organizationId) {
        return models.available(settings(organizationId));
    }

    /**
     * The model of that name.
     *
     * @param name null or empty = the default
     * @throws ai.kubiya.server.model.ModelUnavailable with a sentence for the user
     */
    public StreamingChatModel get(UUID organizationId, @Nullable String name) {
        return models.get(settings(organizationId), name);
    }

    private @Nullable ModelSettings settings(UUID organizationId) {
        return database.read(transaction -> store.find(transaction, organizationId))
                .map(row -> {
                    String key = row.sealedKey() == null ? null : vault.open(row.sealedKey(), place(organizationId));
                    return read(row.provider(), row.baseUrl(), key, row.models());
                })
                .orElse(null);
    }

    /** What the organisation set, without the key. */
    Optional<Row> own(Caller caller) {
        return database.read(transaction -> store.find(transaction, caller.organizationId()));
    }

    /**
     * Sets the organisation's models.
     *
     * @param apiKey null keeps the key that is there, as long as the endpoint stays the same
     */
    Row set(Caller caller, String provider, String baseUrl, @Nullable String apiKey, List<String> names) {
        Optional<Row> before = own(caller);
        boolean sameEndpoint = before.isPresent()
                && before.get().provider().equals(provider)
                && before.get().baseUrl().equals(baseUrl);
        byte @Nullable [] sealed = apiKey != null
                ? vault.seal(apiKey, place(caller.organizationId()))
                : sameEndpoint ? before.get().sealedKey() : null;
        String key = sealed == null ? null : vault.open(sealed, place(caller.organizationId()));
        guard(baseUrl);
        ModelSettings settings = read(provider, baseUrl, key, names);
        Row row = new Row(provider, baseUrl, settings.models(), sealed, caller.email(), clock.instant());
        database.useTransaction(transaction -> {
            store.save(transaction, caller.organizationId(), row);
            // Of the key, only whether there is one.
            AuditEntry entry = AuditEntry.of("models", "language_model", provider, "update")
                    .with("models", String.join(",", row.models()))
                    .with("api_key_set", row.sealedKey() != null);
            audit.add(transaction, caller, entry);
        });
        return row;
    }

    void remove(Caller caller) {
        database.useTransaction(transaction -> {
            String provider = store.find(transaction, caller.organizationId())
                    .map(Row::provider)
                    .orElse("");
            store.delete(transaction, caller.organizationId());
            audit.add(transaction, caller, AuditEntry.of("models", "language_model", provider, "delete"));
        });
    }

    private static String place(UUID organizationId) {
        return "organization_model/" + organizationId;
    }

    /** Users of an organisation must not make the server speak to its own network for them. */
    private void guard(String baseUrl) {
        if (baseUrl.isEmpty() || internalAllowed) {
            return;
        }
        try {
            String host = URI.create(baseUrl).getHost();
            if (host == null || InternalAddresses.hasAny(host)) {
                throw ApiException.invalid(
                        "/base_url",
                        "leads to an internal address of the server's network; the operator can set such a model for"
                                + " everybody with KUBIYA_LLM_BASE_URL, or allow it with"
                                + " KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true");
            }
        } catch (UnknownHostException e) {
            throw ApiException.invalid("/base_url", "names a host that does not exist");
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("/base_url", "is not a url");
        }
    }

    /** The rules for settings are those of the environment; their sentences name the variables. */
    private static ModelSettings read(String provider, String baseUrl, @Nullable String key, List<String> names) {
        Map<String, String> variables = new HashMap<>();
        variables.put("KUBIYA_LLM_PROVIDER", provider);
        variables.put("KUBIYA_LLM_BASE_URL", baseUrl);
        variables.put("KUBIYA_LLM_MODELS", String.join(",", names));
        if (key != null) {
            variables.put("KUBIYA_LLM_API_KEY", key);
        }
        ModelSettings.Reading reading = ModelSettings.read(variables);
        ModelSettings settings = reading.settings();
        if (settings == null) {
            String problem = reading.problems().isEmpty()
                    ? "is not complete"
                    : reading.problems().getFirst();
            throw ApiException.invalid(
                    "/provider",
                    problem.replace("KUBIYA_LLM_PROVIDER", "provider")
                            .replace("KUBIYA_LLM_BASE_URL", "base_url")
                            .replace("KUBIYA_LLM_MODELS", "models")
                            .replace("KUBIYA_LLM_API_KEY", "api_key")
                            .replaceAll(" \\(or [A-Z_]+\\)", ""));
        }
        return settings;
    }
}
