package ai.kubiya.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares requests with the API's description before a handler sees them. */
public interface RequestCheck {
    /** Whether the description says what the body of this operation looks like, as JSON. */
    boolean describesBody(String method, String pattern);

    /**
     * Everything that is wrong; empty when nothing is, or when the operation is not described.
     *
     * @param pattern of the route, with its {@code {names}}
     * @param body null when none was read
     */
    List<FieldProblem> problems(
            String method, String pattern, Map<String, List<String>> query, @Nullable JsonNode body);
}
