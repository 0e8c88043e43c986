package ai.kubiya.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the description says of one operation's requests.
 *
 * @param query parameters of the query; others are ignored
 * @param body null when no body is described, or its handler checks it because its errors have another form
 */
record OperationCheck(List<QueryParameter> query, @Nullable ValueCheck body) {

    static OperationCheck of(ApiDescription description, String method, JsonNode operation, JsonNode pathItem) {
        List<QueryParameter> query = new ArrayList<>();
        for (JsonNode parameters : List.of(pathItem.path("parameters"), operation.path("parameters"))) {
            for (JsonNode written : parameters) {
                JsonNode parameter = description.resolve(written);
                if (parameter.path("in").asText().equals("query")) {
                    query.add(QueryParameter.of(description, parameter));
                }
            }
        }
        return new OperationCheck(List.copyOf(query), body(description, method, operation));
    }

    private static @Nullable ValueCheck body(ApiDescription description, String method, JsonNode operation) {
        JsonNode schema = description
                .resolve(operation.path("requestBody"))
                .path("content")
                .path("application/json")
                .path("schema");
        if (schema.isMissingNode() || operation.path("x-checked-by-handler").asBoolean()) {
            return null;
        }
        return new ValueCheck(() -> new RequestSchema(description, method).of(schema));
    }
}
