package ai.kubiya.server.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The watch over all answers is awake. */
class DescribedAnswersTest {
    private static final Map<String, List<String>> JSON =
            Map.of("content-type", List.of("application/json"), "x-request-id", List.of("x"));
    private static final String ERROR = """
            {"error": "Not found", "details": "x", "errorCode": "NOT_FOUND", "status": 404, "requestId": "x"}
            """;

    private static void check(String method, String path, int status, String body) {
        DescribedAnswers.check(method, path, status, JSON, body);
    }

    @Test
    void letsThroughWhatIsDescribed() {
        assertThatCode(() -> {
                    check("GET", "/v1/auth/validate", 200, "{\"valid\": true}");
                    check("GET", "/v1/agents/x?y=z", 404, ERROR);
                    check("GET", "/v1/teammates/x/", 404, ERROR);
                    check("HEAD", "/v1/auth/validate", 200, "");
                    check("TRACE", "/v1/agents", 405, ERROR);
                    check("GET", "/api/v1/agents", 299, "nobody describes this");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void showsPointerAndBodyOfWhatIsNot() {
        assertThatThrownBy(() -> check("GET", "/v1/auth/validate", 200, "{\"valid\": \"yes\"}"))
                .hasMessageContainingAll("/valid", "\"yes\"", "GET /v1/auth/validate");
        assertThatThrownBy(() -> check("GET", "/v1/agents/x", 404, ERROR.replace("NOT_FOUND", "GONE")))
                .hasMessageContaining("/errorCode");
        assertThatThrownBy(() -> check("GET", "/v1/teammates/x", 404, "{}")).hasMessageContaining("details");
        assertThatThrownBy(() -> check("GET", "/v1/tools/search", 200, "{\"data\": []}"))
                .hasMessageContaining("pagination");
    }

    @Test
    void noticesAnotherStatusContentTypeOrAMissingHeader() {
        assertThatThrownBy(() -> check("GET", "/v1/auth/validate", 204, "")).hasMessageContaining("status");
        assertThatThrownBy(() -> check("GET", "/metrics", 200, "{}")).hasMessageContaining("content type");
        assertThatThrownBy(() -> check("POST", "/v1/tools/exec", 200, "{}")).hasMessageContaining("X-Execution-Id");
        assertThatThrownBy(() -> DescribedAnswers.check("POST", "/v1/tools/exec", 200, JSON, null))
                .hasMessageContaining("content type");
    }
}
