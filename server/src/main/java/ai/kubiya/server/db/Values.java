package ai.kubiya.server.db;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** Values of a statement by name. */
final class Values {
    private Values() {}

    /** Says of a list, which may be empty, that texts are in it. */
    record Texts(List<String> texts) {}

    static <S extends SqlStatement<S>> S bind(S statement, Map<String, ?> values) {
        values.forEach((name, value) -> {
            switch (value) {
                case Texts(List<String> texts) -> statement.bindArray(name, String.class, texts.toArray());
                case List<?> list -> statement.bindArray(name, type(list), list.toArray());
                default -> statement.bind(name, value);
            }
        });
        return statement;
    }

    private static Class<?> type(List<?> list) {
        return !list.isEmpty() && list.getFirst() instanceof String ? String.class : UUID.class;
    }
}
