package ai.kubiya.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.Router;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No route of the documented surface without an operation, no operation without a route. */
@ServerTest
class RoutesAndOperationsTest {
    private static final List<Operation> OPERATIONS =
            DescribedApi.ofRepository().operations(true);

    private static Map<String, Router.Route> routes(TestServer server) {
        return server.router().routes().stream()
                .filter(route -> !route.pattern().startsWith("/api/"))
                // The web app's files, its signing in and the documentation are no part of the API; MCP is a protocol
                // of its own.
                .filter(route -> !route.pattern().matches("/|/playground|/(assets|web|docs|mcp)(/.*)?"))
                .filter(route -> DescribedApi.canDescribe(route.method()))
                .collect(Collectors.toMap(route -> route.method() + " " + route.pattern(), Function.identity()));
    }

    @Test
    void areTheSame(TestServer server) {
        assertThat(OPERATIONS)
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(routes(server).keySet());
    }

    @Test
    void needTheSameScope(TestServer server) {
        Map<String, Router.Route> routes = routes(server);
        for (Operation operation : OPERATIONS) {
            Router.Route route = Objects.requireNonNull(routes.get(operation.toString()), operation::toString);
            String scope = route.scope() == null ? "any" : route.scope().wireName();
            assertThat(operation.scope()).as(operation.toString()).isEqualTo(route.open() ? "none" : scope);
            assertThat(operation.part().node().has("security"))
                    .as(operation + " is open")
                    .isEqualTo(route.open());
        }
    }
}
