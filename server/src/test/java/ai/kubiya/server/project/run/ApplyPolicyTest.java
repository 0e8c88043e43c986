package ai.kubiya.server.project.run;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import org.junit.jupiter.api.Test;

/** Policies see what Terraform would change before it does. */
@ServerTest
class ApplyPolicyTest {
    private static final String ONE = "resource \"terraform_data\" \"one\" { input = \"1\" }";

    private static void policy(ApiClient client, String name, String expression) {
        client.create("/v1/policies", """
                {"name": "%s", "applies_to": ["project_apply"], "expression": "%s", "message": "Ask the SRE group."}
                """.formatted(name, expression.replace("\"", "\\\"")));
    }

    @Test
    void refuseAnApproval(ApiClient client) {
        Runs runs = Runs.of(client, "network", ONE);
        policy(client, "nothing-new", "plan.resource_changes.all(c, !(\"create\" in c.change.actions))");
        Answer planned = runs.plan();

        Answer refused = client.post(runs.path() + "/approve", "{\"execution_id\": \"%s\"}".formatted(planned.id()));

        assertThat(refused)
                .hasStatus(403)
                .hasErrorCode("ACCESS_DENIED")
                .saysWhy("nothing-new")
                .saysWhy("Ask the SRE group.");
        assertThat(runs.get(planned.id())).has("/status", "planned");
        assertThat(runs.resources()).isEmpty();
    }

    @Test
    void letAnAutomaticApplyWaitAndThenGo(ApiClient client) {
        Runs runs = Runs.of(client, "network", ONE);
        policy(client, "nothing-new", "plan.resource_changes.all(c, c.change.actions != [\"create\"])");

        Answer waiting = runs.apply();

        assertThat(waiting).has("/status", "awaiting_approval");
        assertThat(client.get(runs.path() + "/executions/" + waiting.id() + "/logs?limit=500"))
                .mentions("not applied without approval: ");
        assertThat(client.delete("/v1/policies/nothing-new")).hasStatus(200);
        assertThat(runs.approve(waiting.id())).has("/status", "applied");
        assertThat(runs.resources()).containsExactly("terraform_data.one");
    }

    @Test
    void knowWhatIsDoneToWhichProject(ApiClient client) {
        Runs runs = Runs.of(client, "network", ONE);
        policy(client, "stays", "project.action != \"destroy\" || project.name != \"network\"");
        assertThat(runs.apply()).has("/status", "applied");

        Answer waiting = runs.run("destroy", "{\"auto_approve\": true}");

        assertThat(waiting).has("/status", "awaiting_approval");
        assertThat(client.post(runs.path() + "/approve", "{}")).hasStatus(403).saysWhy("stays");
        assertThat(runs.resources()).containsExactly("terraform_data.one");
    }
}
