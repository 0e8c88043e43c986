package ai.kubiya.server.approval;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.http.Uuids;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** HTTP of approvals on both surfaces. */
public final class ApprovalRoutes implements Routes {
    private final Approvals approvals;

    public ApprovalRoutes(Approvals approvals) {
        this.approvals = approvals;
    }

    @Override
    public void addTo(Router router) {
        for (String base : List.of("/v1/approvals", "/api/v1/approvals")) {
            router.get(base, Scope.TASKS_READ, this::list)
                    .get(base + "/{approval}", Scope.TASKS_READ, this::get)
                    .post(base + "/{approval}/approve", Scope.TASKS_EXECUTE, request -> decide(request, true))
                    .post(base + "/{approval}/reject", Scope.TASKS_EXECUTE, request -> decide(request, false));
        }
    }

    private Response list(Request request) {
        Optional<UUID> execution = request.query("execution_id")
                .map(text -> Uuids.parse(text)
                        .orElseThrow(
                                () -> ApiException.invalid("execution_id", "must be a uuid, got \"" + text + "\"")));
        return Response.list(
                request,
                approvals
                        .list(
                                request.caller(),
                                request.query("status")
                                        .map(ApprovalRoutes::status)
                                        .orElse(null),
                                execution.orElse(null),
                                request.queryFlag("for_me"),
                                request.range())
                        .map(ApprovalJson::of));
    }

    private static ApprovalStatus status(String text) {
        try {
            return ApprovalStatus.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(
                    "status", "must be pending, approved, rejected, expired or cancelled, got \"" + text + "\"");
        }
    }

    private Response get(Request request) {
        return Response.ok(ApprovalJson.of(approvals.get(request.caller(), request.uuid("approval", "approval"))));
    }

    private Response decide(Request request, boolean agreed) throws IOException {
        JsonFields fields = request.fields();
        String reason = fields.text("reason", 2000, "");
        fields.check(request.strict());
        return Response.ok(ApprovalJson.of(
                approvals.decide(request.caller(), request.uuid("approval", "approval"), agreed, reason.strip())));
    }
}
