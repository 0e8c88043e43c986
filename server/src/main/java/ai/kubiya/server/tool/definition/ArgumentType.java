package ai.kubiya.server.tool.definition;

import java.util.Locale;
import java.util.Optional;

/** The type of an argument. */
public enum ArgumentType {
    STRING("text"),
    INT("an integer"),
    FLOAT("a number"),
    BOOL("true or false"),
    OBJECT("an object"),
    ARRAY("an array"),
    FILE("text");

    private final String description;

    ArgumentType(String description) {
        this.description = description;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In a sentence: "must be …". */
    String description() {
        return description;
    }

    /** Knows the names that Python, JSON Schema and YAML authors use for the same thing. */
    static Optional<ArgumentType> of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "string", "str", "text", "any" -> Optional.of(STRING);
            case "int", "integer", "long" -> Optional.of(INT);
            case "float", "number", "double", "decimal" -> Optional.of(FLOAT);
            case "bool", "boolean" -> Optional.of(BOOL);
            case "object", "dict", "json", "json_object", "map" -> Optional.of(OBJECT);
            case "array", "list", "tuple" -> Optional.of(ARRAY);
            case "file" -> Optional.of(FILE);
            default -> Optional.empty();
        };
    }
}
