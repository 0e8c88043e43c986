package ai.kubiya.runner.template.function;

import com.fasterxml.jackson.databind.JsonNode;

/** What Go's templates hold to be true: everything but false, zero, the empty and the missing. */
public final class Truth {
    private Truth() {}

    public static boolean of(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> false;
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.doubleValue() != 0;
            case STRING -> !node.textValue().isEmpty();
            case ARRAY, OBJECT -> !node.isEmpty();
            case BINARY, POJO -> true;
        };
    }
}
