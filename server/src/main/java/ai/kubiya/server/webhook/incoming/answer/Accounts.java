package ai.kubiya.server.webhook.incoming.answer;

import ai.kubiya.server.integration.Integrations;
import ai.kubiya.server.secret.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds how an organisation is connected to a service: an integration of that type, or else a secret of a known name. */
public final class Accounts {
    private final Integrations integrations;
    private final Secrets secrets;

    public Accounts(Integrations integrations, Secrets secrets) {
        this.integrations = integrations;
        this.secrets = secrets;
    }

    List<Integrations.Connection> connections(UUID organizationId, String type) {
        return integrations.connections(organizationId, type);
    }

    /** The first of these fields that is there and not empty. */
    static Optional<String> field(Map<String, String> fields, List<String> names) {
        return names.stream()
                .map(name -> fields.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** The first of these secrets that there is. */
    Optional<String> secret(UUID organizationId, List<String> names) {
        List<String> missing = secrets.missing(organizationId, names);
        return names.stream()
                .filter(name -> !missing.contains(name))
                .findFirst()
                .flatMap(name -> secrets.values(organizationId, List.of(name)).values().stream()
                        .findFirst());
    }
}
