package ai.kubiya.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.cli.Main;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against this server. */
@ServerTest
class CommandLineTest {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();
    private String typed = "";

    /** What a command said. */
    record Said(int exit, String out, String err) {}

    @BeforeEach
    void setUp(TestServer server) {
        environment.put("HOME", home.toString());
        environment.put("KUBIYA_BASE_URL", server.url());
    }

    private Said kubiya(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(
                environment,
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    private ApiClient as(TestServer server) {
        ApiClient client = server.newOrganization();
        environment.put("KUBIYA_API_KEY", client.key());
        return client;
    }

    @Test
    void signsInAndKeepsTheKeyForItsOwnerAlone(TestServer server) throws IOException {
        ApiClient client = server.newOrganization();
        assertThat(kubiya("agent", "list").exit()).isEqualTo(3);
        typed = "UserKey " + client.key() + "\n";
        Said login = kubiya("auth", "login");
        assertThat(login.exit()).as(login.err()).isZero();
        Path file = home.resolve(".kubiya/config.yaml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(kubiya("auth", "whoami").out()).contains(client.organizationName());
        assertThat(kubiya("config", "view").out()).contains(server.url()).doesNotContain(client.key());
        assertThat(kubiya("config", "view", "--show-key").out()).contains(client.key());
        kubiya("auth", "logout");
        assertThat(file).doesNotExist();

        typed = "uk_wrong\n";
        assertThat(kubiya("auth", "login").exit()).isEqualTo(3);
        assertThat(file).doesNotExist();
    }

    @Test
    void runsWorkflowsTasksAndApprovals(TestServer server) throws IOException {
        as(server);
        typed =
                "name: w\nsteps:\n  - {name: one, command: 'echo got $WHO'}\n  - {name: two, command: exit 3, depends: [one]}\n";
        Said failed = kubiya("workflow", "run", "-f", "-", "-p", "WHO=Ada");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.out()).isEqualTo("got Ada\n");
        assertThat(failed.err())
                .contains("one started", "one completed", "two failed: the tool ended with exit code 3");

        String task = new ObjectMapper()
                .readTree(kubiya(
                                "task",
                                "create",
                                "-s",
                                "name=t",
                                "-s",
                                "tool_def={\"content\": \"echo hi\"}",
                                "-s",
                                "requires_approval=true",
                                "-o",
                                "json")
                        .out())
                .path("id")
                .asText();
        String approval = new ObjectMapper()
                .readTree(kubiya("approval", "list", "-o", "json").out())
                .at("/0/id")
                .asText();
        assertThat(kubiya("task", "list").out()).contains("pending");
        assertThat(kubiya("approval", "approve", approval, "-s", "reason=fine").out())
                .contains("approved");
        Said logs = kubiya("task", "logs", task);
        assertThat(logs.exit()).as(logs.err()).isZero();
        Said schedule = kubiya(
                "schedule",
                "create",
                "-s",
                "name=s",
                "-s",
                "cron=\"@daily\"",
                "-s",
                "task={\"tool_def\": {\"content\": \"echo hi\"}}");
        assertThat(schedule.exit()).as(schedule.err()).isZero();
        assertThat(kubiya("schedule", "list").out()).contains("active");
        assertThat(kubiya("workflow", "list").out()).contains("Nothing was found");
    }

    @Test
    void plansAndAppliesProjectsAndKeepsKnowledge(TestServer server) throws IOException {
        as(server);
        typed = """
                name: network
                files:
                  main.tf: |
                    resource terraform_data net { input = 1 }
                    output net { value = terraform_data.net.output }
                """;
        Said made = kubiya("project", "create", "-f", "-");
        assertThat(made.exit()).as(made.err()).isZero();

        Said planned = kubiya("project", "plan", "network");
        assertThat(planned.exit()).as(planned.err()).isZero();
        assertThat(planned.out())
                .contains("terraform_data.net will be created")
                .contains("Plan: 1 to add, 0 to change, 0 to destroy.");
        Said applied = kubiya("project", "approve", "network");
        assertThat(applied.exit()).as(applied.err()).isZero();
        assertThat(applied.err()).contains("applied, execution ");
        assertThat(kubiya("project", "outputs", "network", "-o", "json").out()).contains("\"net\"");
        assertThat(kubiya("project", "list").out()).contains("network").contains("active");
        Said nothing = kubiya("project", "reject", "network");
        assertThat(nothing.exit()).isEqualTo(5);
        Said wrong = kubiya("project", "plan", "network", "-s", "targets=[\"terraform_data.none\", \"x\"]");
        assertThat(wrong.exit()).as(wrong.err()).isEqualTo(1);
        assertThat(wrong.err()).contains("It ended as failed: ");

        Said kept = kubiya("knowledge", "create", "-s", "name=deploys", "-s", "content=On Mondays.");
        assertThat(kept.exit()).as(kept.err()).isZero();
        assertThat(kubiya("knowledge", "list").out()).contains("deploys");
    }

    @Test
    void makesListsChangesAndDeletes(TestServer server) throws IOException {
        as(server);
        assertThat(kubiya("agent", "list").out()).contains("Nothing was found");
        Path file = Files.writeString(home.resolve("agent.yaml"), "name: helper\ndescription: from a file\n");
        assertThat(kubiya("agent", "create", "-f", file.toString(), "-s", "tags=[\"x\"]")
                        .exit())
                .isZero();
        typed = "name: second\n";
        assertThat(kubiya("agent", "create", "-f", "-").exit()).isZero();
        assertThat(kubiya("agents", "list").out()).startsWith("NAME").contains("helper", "from a file", "second");
        assertThat(kubiya("agent", "list", "--limit", "1").out()).contains("1 of 2");
        assertThat(new ObjectMapper()
                        .readTree(kubiya("agent", "list", "--all", "-o", "json").out()))
                .hasSize(2);
        assertThat(new YAMLMapper()
                        .readTree(kubiya("agent", "get", "helper", "-o", "yaml").out())
                        .at("/tags/0")
                        .asText())
                .isEqualTo("x");
        assertThat(kubiya("agent", "update", "helper", "-s", "description=changed")
                        .out())
                .contains("changed");
        assertThat(kubiya("agent", "delete", "helper", "second").out()).contains("Deleted helper.", "Deleted second.");
        assertThat(kubiya("agent", "get", "helper").exit()).isEqualTo(4);
    }

    @Test
    void runsATool(TestServer server) {
        as(server).create("/v1/sources", """
                {"name": "s", "inline_tools": [
                  {"name": "greet", "description": "x", "type": "script",
                   "content": "echo \\"hello $who\\"; echo careful >&2; exit $code",
                   "args": [{"name": "who", "type": "string"}, {"name": "code", "type": "int", "default": "0"}]}]}
                """);
        Said run = kubiya("tool", "exec", "greet", "who=Ada");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("hello Ada\n");
        assertThat(run.err()).isEqualTo("careful\n");

        Said failed = kubiya("tool", "exec", "greet", "who=Ada", "code=3");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).contains("It ended as failed");

        String id = kubiya("execution", "list", "--limit", "1", "-o", "json")
                .out()
                .replaceAll("(?s).*?\"id\" : \"([^\"]+)\".*", "$1");
        assertThat(kubiya("execution", "logs", id).out()).contains("hello Ada");
        assertThat(kubiya("execution", "logs", "-f", id).exit()).isEqualTo(1);
    }

    @Test
    void endsWithWhatScriptsCanTellApart(TestServer server) {
        ApiClient client = as(server);
        assertThat(kubiya("agent").exit()).isEqualTo(2);
        assertThat(kubiya("agent", "list", "--bogus").exit()).isEqualTo(2);
        assertThat(kubiya("agent", "create", "-s", "bogus").exit()).isEqualTo(2);
        Said invalid = kubiya("agent", "create", "-s", "nam=x");
        assertThat(invalid.exit()).isEqualTo(6);
        assertThat(invalid.err()).contains("/name: is required", "request req_");
        kubiya("agent", "create", "--name", "twin");
        assertThat(kubiya("key", "create", "--name", "k").out()).contains("uk_");
        kubiya("secret", "create", "--name", "S", "-s", "value=v");
        assertThat(kubiya("secret", "create", "--name", "S", "-s", "value=v").exit())
                .isEqualTo(5);
        environment.put(
                "KUBIYA_API_KEY", server.withScopes(client, Scope.TOOLS_READ).key());
        assertThat(kubiya("agent", "list").exit()).isEqualTo(3);
        environment.put("KUBIYA_BASE_URL", "http://127.0.0.1:1");
        Said gone = kubiya("agent", "list");
        assertThat(gone.exit()).isEqualTo(8);
        assertThat(gone.err()).contains("no answer from http://127.0.0.1:1");
    }

    @Test
    void explainsItselfAndCompletes() {
        assertThat(kubiya("--help").out()).contains("agent", "runner", "Exit codes");
        assertThat(kubiya("runner", "--help").out()).contains("health", "manifest", "ops");
        assertThat(kubiya("completion").out()).contains("complete -F");
    }
}
