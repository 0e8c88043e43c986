package ai.kubiya.server.project.run;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans, approvals and applies of projects. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class RunApiTest {
    private static final String TWO = """
            variable "name" {}
            resource "terraform_data" "one" { input = var.name }
            resource "terraform_data" "two" {}
            output "name" { value = terraform_data.one.output }
            """;

    @Test
    void plansApprovesAndApplies(ApiClient client) {
        Runs runs = Runs.of(client, "p", TWO, "[{\"name\": \"name\", \"value\": \"ada\"}]");

        Answer planned = runs.plan();

        assertThat(planned)
                .has("/status", "planned")
                .has("/kind", "plan")
                .has("/counts/add", 2)
                .has("/changes/0/resource_id", "terraform_data.one")
                .has("/changes/0/action", "create")
                .hasNull("/changes/0/before")
                .has("/changes/0/after/input", "ada")
                .has("/changes/0/after/id", "(known after apply)")
                .hasNull("/error");
        assertThat(planned.text("/summary"))
                .startsWith("Plan: 2 to add, 0 to change, 0 to destroy.")
                .contains("+ terraform_data.two will be created", "output name will change");
        assertThat(runs.log(planned.id())).contains("> terraform init", "> terraform plan", "Plan: 2 to add");
        assertThat(client.get(runs.path() + "/executions/" + planned.id() + "/plan"))
                .hasStatus(200)
                .has("/variables/name/value", "ada")
                .has("/resource_changes/1/address", "terraform_data.two");
        assertThat(runs.resources()).isEmpty();

        Answer applied = runs.approve(planned.id());

        assertThat(applied)
                .has("/status", "applied")
                .has("/approved_by", "someone@" + client.organizationName());
        assertThat(applied.text("/approved_at")).isNotEmpty();
        assertThat(runs.log(planned.id())).contains("Plan: 2 to add", "Apply complete! Resources: 2 added");
        assertThat(runs.resources()).containsExactly("terraform_data.one", "terraform_data.two");
        assertThat(client.get(runs.path() + "/outputs")).has("/data/0/value", "ada");
        assertThat(client.get(runs.path()))
                .has("/status", "active")
                .has("/last_execution/id", planned.id())
                .has("/last_execution/status", "applied");
        assertThat(runs.plan()).has("/status", "no_changes").has("/changes", List.of());
    }
}
