package ai.kubiya.server.project.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Values that are written in Terraform's syntax, of which JSON is a part. */
public final class HclValues {
    private HclValues() {}

    /** Empty when it is not a value that is written out. */
    public static Optional<JsonNode> parse(String text) {
        return HclLiteral.parse(text);
    }
}
