package ai.kubiya.server.contract;

import ai.kubiya.server.http.FieldProblem;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.function.Supplier;

/** Holds values against one schema, which is made when the first value comes. */
final class ValueCheck {
    private final Supplier<Made> schema;

    ValueCheck(Supplier<JsonNode> source) {
        this.schema = new Once<>(() -> Made.of(source.get()));
    }

    private record Made(JsonNode source, Schema schema) {
        static Made of(JsonNode source) {
            return new Made(source, Registry.REGISTRY.getSchema(source));
        }
    }

    private static final class Registry {
        static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaCacheEnabled(false)
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** Everything that is wrong with a value. */
    List<FieldProblem> problems(JsonNode value) {
        Made made = schema.get();
        return made.schema().validate(value).stream()
                .map(error -> Sentences.problem(error, made.source()))
                .distinct()
                .toList();
    }
}
