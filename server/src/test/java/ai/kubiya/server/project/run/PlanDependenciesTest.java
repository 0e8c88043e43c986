package ai.kubiya.server.project.run;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which resources of a plan refer to which. */
@ServerTest(settings = "KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true")
class PlanDependenciesTest {

    private static List<String> of(Answer plan, String address) {
        return plan.at("/dependencies/" + address)
                .valueStream()
                .map(node -> node.asText())
                .toList();
    }

    @Test
    void followsReferencesIntoModulesAndOutOfThem(ApiClient client, GitServer git) {
        GitRepository repository =
                git.newRepository().write("infra/main.tf", """
                        resource "terraform_data" "zone" { input = "a.b[0]" }
                        module "net" {
                          source = "../net"
                          zone   = terraform_data.zone.output
                        }
                        module "other" {
                          source     = "../net"
                          zone       = "fixed"
                          depends_on = [terraform_data.zone]
                        }
                        resource "terraform_data" "node" {
                          for_each = { "a.b[0]" = 1, (join("", [for i in range(1000) : "0123456789"])) = 2 }
                          input    = { net = module.net.subnet, each = each.value }
                        }
                        locals { nodes = [for node in terraform_data.node : node.id] }
                        resource "terraform_data" "balancer" {
                          input      = local.nodes
                          depends_on = [module.net]
                        }
                        """).write("net/main.tf", """
                        variable "zone" { type = string }
                        resource "terraform_data" "network" { input = "fixed" }
                        resource "terraform_data" "subnet" { input = "${var.zone} ${terraform_data.network.id}" }
                        output "subnet" { value = terraform_data.subnet.id }
                        """);
        repository.commit();
        String project = client.create("/v1/projects", """
                {"name": "p", "url": "%s", "path": "infra"}
                """.formatted(repository.url()));
        Runs runs = new Runs(client, project);

        String run = runs.apply().id();

        Answer plan = client.get(runs.path() + "/executions/" + run + "/plan");
        assertThat(plan).hasStatus(200);
        assertThat(of(plan, "terraform_data.zone")).isEmpty();
        assertThat(of(plan, "module.net.terraform_data.network")).isEmpty();
        assertThat(of(plan, "module.net.terraform_data.subnet"))
                .containsExactly("module.net.terraform_data.network", "terraform_data.zone");
        assertThat(of(plan, "module.other.terraform_data.network")).containsExactly("terraform_data.zone");
        assertThat(of(plan, "terraform_data.node")).containsExactly("module.net.terraform_data.subnet");
        assertThat(of(plan, "terraform_data.balancer")).containsExactly("module.net.terraform_data.subnet");

        // A plan does not tell what locals refer to; the state does.
        Answer later = client.get(runs.path() + "/executions/" + runs.plan().id() + "/plan");
        assertThat(of(later, "terraform_data.balancer"))
                .contains("terraform_data.node", "module.net.terraform_data.subnet");
    }
}
