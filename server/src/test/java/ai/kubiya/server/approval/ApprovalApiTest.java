package ai.kubiya.server.approval;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.EventReader;
import ai.kubiya.server.testing.EventReader.Event;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.SettableClock;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tools that run only when somebody agreed. */
@ServerTest
class ApprovalApiTest {
    private static final Scope[] OPERATOR = {Scope.TASKS_EXECUTE, Scope.TOOLS_READ};

    private static void guarded(ApiClient client, String rule) {
        client.create("/v1/tools", """
                {"name": "guarded", "description": "d", "type": "script", "content": "echo did $what",
                 "args": [{"name": "what"}], "requires_approval": %s}
                """.formatted(rule));
    }

    private static String start(ApiClient client) {
        Answer started = client.post("/v1/tools/guarded/executions", "{\"args\": {\"what\": \"it\"}}");
        assertThat(started).hasStatus(202).has("/status", "waiting");
        return started.id();
    }

    private static JsonNode approvalOf(ApiClient client, String execution) {
        List<JsonNode> rows =
                client.get("/v1/approvals?execution_id=" + execution).rows();
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private static String path(ApiClient client, String execution) {
        return "/v1/approvals/" + approvalOf(client, execution).path("id").asText();
    }

    private static List<Event> follow(ApiClient client, String execution) {
        try (EventReader reader = client.stream("/v1/executions/" + execution + "/logs?follow=true")) {
            return reader.rest();
        }
    }

    private static List<String> names(List<Event> events) {
        return events.stream().map(Event::name).toList();
    }

    private static List<String> published(TestServer server, String approval) {
        return server.stored("SELECT type FROM event WHERE resource_id = '%s' ORDER BY position".formatted(approval));
    }

    @Test
    void runsWhenItIsApproved(TestServer server, ApiClient client) {
        guarded(client, "{\"message\": \"Mind the data.\"}");
        String execution = start(client);
        JsonNode asked = approvalOf(client, execution);

        assertThat(asked.path("status").asText()).isEqualTo("pending");
        assertThat(asked.path("subject").asText()).isEqualTo("guarded");
        assertThat(asked.path("message").asText()).isEqualTo("Mind the data.");
        assertThat(asked.at("/details/arguments/what").asText()).isEqualTo("it");
        Answer approved = client.post(path(client, execution) + "/approve", "{\"reason\": \"Go.\"}");

        assertThat(approved)
                .hasStatus(200)
                .has("/status", "approved")
                .has("/reason", "Go.")
                .has("/decided_by", asked.path("requested_by"));
        List<Event> events = follow(client, execution);
        assertThat(names(events))
                .containsExactly("approval.required", "approval.decided", "status", "status", "log", "result");
        assertThat(events.get(4).field("content")).isEqualTo("did it\n");
        assertThat(client.get("/v1/executions/" + execution)).has("/status", "completed");
        assertThat(published(server, asked.path("id").asText()))
                .containsExactly("approval.requested", "approval.approved");
        assertThat(client.get("/v1/audit?category=approvals").column("action_type"))
                .containsExactly("approve", "request");
    }

    @Test
    void aStreamWaitsForTheDecision(ApiClient client) {
        guarded(client, "true");
        try (EventReader stream =
                client.stream("POST", "/v1/tools/exec", "{\"tool_name\": \"guarded\", \"args\": {\"what\": \"x\"}}")) {
            Event required = stream.until(event -> event.type().equals("approval.required"));
            assertThat(required.field("status")).isEqualTo("waiting");
            assertThat(client.post("/v1/approvals/" + required.field("approval_id") + "/approve", "{}"))
                    .hasStatus(200);
            assertThat(stream.until(event -> event.type().equals("result")).field("result"))
                    .isEqualTo("did x\n");
        }
    }

    @Test
    void neverRunsWhenItIsRejected(TestServer server, ApiClient client) {
        guarded(client, "true");
        String execution = start(client);
        String path = path(client, execution);

        assertThat(client.post(path + "/reject", "{\"reason\": \"Not now.\"}")).has("/status", "rejected");

        assertThat(client.get("/v1/executions/" + execution))
                .has("/status", "failed")
                .has("/error_code", "rejected")
                .hasNull("/started_at")
                .mentions("Not now.");
        assertThat(client.post(path + "/approve", "{}"))
                .hasStatus(409)
                .hasErrorCode("CONFLICT")
                .saysWhy("rejected by");
        assertThat(published(server, approvalOf(client, execution).path("id").asText()))
                .containsExactly("approval.requested", "approval.rejected");
    }

    @Test
    void onlyThoseWhoAreNamedDecide(TestServer server, ApiClient admin) {
        admin.create("/v1/groups", "{\"name\": \"operators\"}");
        ApiClient named = server.colleague(admin, "named@example.com", List.of(), OPERATOR);
        ApiClient member = server.colleague(admin, "member@example.com", List.of("operators"), OPERATOR);
        ApiClient other = server.colleague(admin, "other@example.com", List.of(), OPERATOR);
        guarded(admin, "{\"users\": [\"Named@example.com\"], \"groups\": [\"operators\"]}");
        String first = start(admin);
        String second = start(admin);

        assertThat(other.post(path(admin, first) + "/approve", "{}"))
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED")
                .saysWhy("other@example.com is not among them");
        assertThat(other.get("/v1/approvals?for_me=true").rows()).isEmpty();
        assertThat(admin.get("/v1/approvals?for_me=true").rows()).isEmpty();
        assertThat(named.get("/v1/approvals?for_me=true").rows()).hasSize(2);
        assertThat(member.get("/v1/approvals?for_me=true&limit=1&offset=1"))
                .has("/pagination/total", 2)
                .has("/data/0/execution_id", first);
        assertThat(named.post(path(named, first) + "/approve", "{}")).has("/decided_by", "named@example.com");
        assertThat(member.post(path(member, second) + "/reject", "{}")).has("/decided_by", "member@example.com");
        assertThat(named.get("/v1/approvals?for_me=true&status=pending").rows()).isEmpty();
    }

    @Test
    void whoAsksCannotAgreeWhereOthersHaveTo(TestServer server, ApiClient admin) {
        ApiClient second = server.colleague(admin, "second@example.com", List.of("Admin"), Scope.ADMIN);
        guarded(admin, "{\"not_requester\": true}");
        String execution = start(admin);

        assertThat(admin.post(path(admin, execution) + "/approve", "{}"))
                .hasStatus(403)
                .saysWhy("somebody else");
        assertThat(admin.get("/v1/approvals?for_me=true").rows()).isEmpty();
        assertThat(second.post(path(second, execution) + "/approve", "{}")).hasStatus(200);
        assertThat(names(follow(admin, execution))).endsWith("result");
    }

    @Test
    void administratorsDecideWhereNobodyIsNamed(TestServer server, ApiClient admin) {
        ApiClient other = server.colleague(admin, "other@example.com", List.of(), OPERATOR);
        guarded(admin, "true");
        String execution = start(admin);

        assertThat(other.post(path(other, execution) + "/approve", "{}")).hasStatus(403);
        assertThat(admin.post(path(admin, execution) + "/approve", "{}")).hasStatus(200);
    }

    @Test
    void ofManyDecisionsAtOnceOneCounts(ApiClient client) {
        guarded(client, "true");
        String execution = start(client);
        String path = path(client, execution);

        List<Integer> statuses = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> client.post(
                                path + (i % 2 == 0 ? "/approve" : "/reject"), "{}")
                        .status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).containsOnlyOnce(200).contains(409);
        boolean approved = approvalOf(client, execution).path("status").asText().equals("approved");
        follow(client, execution);
        assertThat(client.get("/v1/executions/" + execution)).has("/status", approved ? "completed" : "failed");
    }

    @Test
    void nobodyHasToAgreeToWhatWasCancelled(TestServer server, ApiClient client) {
        guarded(client, "true");
        String execution = start(client);

        assertThat(client.post("/v1/executions/" + execution + "/cancel", "{}")).has("/status", "cancelled");

        JsonNode approval = approvalOf(client, execution);
        assertThat(approval.path("status").asText()).isEqualTo("cancelled");
        assertThat(published(server, approval.path("id").asText()))
                .containsExactly("approval.requested", "approval.cancelled");
        assertThat(server.stored("SELECT task_instance FROM job WHERE task_instance = '%s'"
                        .formatted(approval.path("id").asText())))
                .isEmpty();
    }

    @Test
    void asksNobodyWithoutARule(ApiClient client) {
        guarded(client, "false");

        assertThat(client.post("/v1/tools/guarded/executions", "{\"args\": {\"what\": \"x\"}}"))
                .hasStatus(202)
                .has("/status", "queued");
        assertThat(client.get("/v1/approvals")).has("/pagination/total", 0);
    }

    @Test
    void refusesRulesThatCannotBe(ApiClient client) {
        assertThat(client.post("/v1/tools", """
                {"name": "t", "description": "d", "content": "x",
                 "requires_approval": {"users": "bob", "expires_in": 0, "who": []}}
                """)).hasStatus(400).hasErrorCode("VALIDATION_FAILED");
        assertThat(client.post("/api/v1/tools", """
                {"name": "t", "description": "d", "content": "x",
                 "requires_approval": {"users": "bob", "expires_in": 0, "who": []}}
                """))
                .hasStatus(400)
                .hasFieldError("/requires_approval/users", "must be an array")
                .hasFieldError("/requires_approval/expires_in", "whole number")
                .hasFieldError("/requires_approval/who", "its parts are");
        assertThat(client.get("/v1/approvals?status=maybe")).hasStatus(400);
        assertThat(client.get("/v1/approvals?execution_id=x")).hasStatus(400);
    }

    @Test
    void expiresWhenNobodyDecidesInTime() {
        SettableClock clock = new SettableClock();
        try (TestServer server = TestServer.builder().withClock(clock).start()) {
            ApiClient client = server.client();
            guarded(client, "{\"expires_in\": 3600}");
            String execution = start(client);
            String path = path(client, execution);

            clock.advance(Duration.ofHours(2));
            Answer late = client.post(path + "/approve", "{}");
            List<Event> events = follow(client, execution);

            assertThat(late).hasStatus(409).saysWhy("expired");
            assertThat(names(events)).containsExactly("approval.required", "approval.decided", "result");
            assertThat(events.getLast().field("error_code")).isEqualTo("approval_expired");
            assertThat(client.get(path)).has("/status", "expired").hasNull("/decided_by");
        }
    }

    @Test
    void waitsThroughRestartsAndOnEveryServer() {
        try (TestServer server = TestServer.builder().start()) {
            guarded(server.client(), "true");
            String execution = start(server.client());
            server.restart();
            try (TestServer second = server.replica()) {
                ApiClient there = second.client();
                assertThat(there.get("/v1/executions/" + execution)).has("/status", "waiting");
                assertThat(there.post(path(there, execution) + "/approve", "{}"))
                        .hasStatus(200);
                assertThat(names(follow(server.client(), execution))).endsWith("log", "result");
            }
        }
    }
}
