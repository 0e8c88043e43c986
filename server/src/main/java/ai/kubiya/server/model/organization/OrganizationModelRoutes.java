package ai.kubiya.server.model.organization;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.model.organization.OrganizationModelStore.Row;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** HTTP of an organisation's language models. */
public final class OrganizationModelRoutes implements Routes {
    private static final String PATH = "/v1/organization/model";

    private final OrganizationModels models;

    public OrganizationModelRoutes(OrganizationModels models) {
        this.models = models;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.AGENTS_READ, this::get)
                .put(PATH, Scope.ADMIN, this::put)
                .delete(PATH, Scope.ADMIN, this::delete);
    }

    private Response get(Request request) {
        return Response.ok(json(request, models.own(request.caller())));
    }

    private Response put(Request request) throws IOException {
        JsonFields fields = request.fields()
                .ignore(List.of("configured_by", "available", "api_key_set", "updated_by", "updated_at"));
        String provider = fields.requiredText("provider", 20);
        String baseUrl = fields.text("base_url", 2000, "");
        Optional<String> key = fields.text("api_key", 2000).filter(text -> !text.isBlank());
        List<String> names = fields.texts("models");
        fields.check(request.strict());
        return Response.ok(
                json(request, Optional.of(models.set(request.caller(), provider, baseUrl, key.orElse(null), names))));
    }

    private Response delete(Request request) {
        if (models.own(request.caller()).isEmpty()) {
            throw ApiException.of(ErrorCode.NOT_FOUND, "Your organisation has no language model of its own.");
        }
        models.remove(request.caller());
        return Response.deleted();
    }

    /** {@code configured_by} says whose setting is in force: the organisation's, the server's, or nobody's. */
    private ObjectNode json(Request request, Optional<Row> row) {
        List<String> available = models.available(request.caller().organizationId());
        ObjectNode json = Json.object()
                .put("configured_by", row.isPresent() ? "organization" : available.isEmpty() ? "nobody" : "server")
                .put("provider", row.map(Row::provider).orElse(null))
                .put("base_url", row.map(Row::baseUrl).orElse(null));
        json.set("models", Json.array(row.map(Row::models).orElse(List.of())));
        json.set("available", Json.array(available));
        json.put("api_key_set", row.isPresent() && row.get().sealedKey() != null)
                .put("updated_by", row.map(Row::updatedBy).orElse(null))
                .put(
                        "updated_at",
                        row.map(found -> Json.time(found.updatedAt())).orElse(null));
        return json;
    }
}
