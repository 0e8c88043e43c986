package ai.kubiya.server.approval;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The wire shapes of approvals. */
public final class ApprovalJson {
    private ApprovalJson() {}

    static ObjectNode of(Approval approval) {
        ObjectNode json = summary(approval);
        json.set("details", approval.subject().details());
        return json.put("decided_by", approval.decidedBy())
                .put("decided_at", Json.time(approval.decidedAt()))
                .put("reason", approval.reason());
    }

    /** Without what would be done, which not everybody who hears of it may see. */
    public static ObjectNode summary(Approval approval) {
        ObjectNode json = Json.object()
                .put("id", approval.id().toString())
                .put("uuid", approval.id().toString())
                .put("status", approval.status().wireName())
                .put("execution_id", approval.executionId().toString())
                .put("subject_type", approval.subject().type())
                .put("subject", approval.subject().name())
                .put("message", approval.message());
        json.set("users", Json.array(approval.deciders().users()));
        json.set("groups", Json.array(approval.deciders().groups()));
        return json.put("not_requester", approval.notRequester())
                .put("requested_by", approval.requesterEmail())
                .put("requested_at", Json.time(approval.requestedAt()))
                .put("expires_at", Json.time(approval.expiresAt()));
    }
}
