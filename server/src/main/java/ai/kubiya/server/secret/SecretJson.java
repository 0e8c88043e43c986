package ai.kubiya.server.secret;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The wire shape of a secret; it has no value. */
final class SecretJson {
    private SecretJson() {}

    static ObjectNode of(Secret secret) {
        ObjectNode json = Json.object()
                .put("id", secret.id().toString())
                .put("uuid", secret.id().toString());
        json.setAll(SecretInput.json(secret));
        return json.put("variable", SecretName.variable(secret.name()))
                .put("created_by", secret.createdBy())
                .put("updated_by", secret.updatedBy())
                .put("created_at", Json.time(secret.createdAt()))
                .put("updated_at", Json.time(secret.updatedAt()));
    }

    /** Older clients know the name by another field. */
    static ObjectNode compatible(Secret secret) {
        return of(secret).put("secret_name", secret.name());
    }
}
