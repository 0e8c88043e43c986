package ai.kubiya.server.health;

import ai.kubiya.server.db.Database;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BooleanSupplier;

/** Health for probes and metrics for Prometheus; open, because probes have no key and neither tells a secret. */
public final class HealthRoutes implements Routes {
    private final Database database;
    private final BooleanSupplier accepting;
    private final Metrics metrics;
    private final String version;

    public HealthRoutes(Database database, BooleanSupplier accepting, Metrics metrics, String version) {
        this.database = database;
        this.accepting = accepting;
        this.metrics = metrics;
        this.version = version;
    }

    @Override
    public void addTo(Router router) {
        router.open("GET", "/healthz", request -> Response.ok(alive()))
                .open("GET", "/readyz", request -> ready())
                .open(
                        "GET",
                        "/metrics",
                        request -> Response.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
    }

    private ObjectNode alive() {
        return Json.object().put("status", "ok").put("version", version);
    }

    private Response ready() {
        if (!accepting.getAsBoolean()) {
            throw ApiException.unavailable("The server is starting or stopping.", 1);
        }
        if (!database.isUp()) {
            throw ApiException.unavailable("The database does not answer.", 2);
        }
        return Response.ok(alive().put("database", "ok"));
    }
}
