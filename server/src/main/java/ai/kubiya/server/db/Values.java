package ai.kubiya.server.db;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** Values of a statement by name. */
final class Values {
    private Values() {}

    static <S extends SqlStatement<S>> S bind(S statement, Map<String, ?> values) {
        values.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                boolean texts = !list.isEmpty() && list.getFirst() instanceof String;
                statement.bindArray(name, texts ? String.class : UUID.class, list.toArray());
            } else {
                statement.bind(name, value);
            }
        });
        return statement;
    }
}
