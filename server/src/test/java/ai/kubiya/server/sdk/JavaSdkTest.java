package ai.kubiya.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.sdk.CallOptions;
import ai.kubiya.sdk.EventStream;
import ai.kubiya.sdk.KubiyaClient;
import ai.kubiya.sdk.KubiyaException;
import ai.kubiya.sdk.Page;
import ai.kubiya.sdk.model.Agent;
import ai.kubiya.sdk.model.AgentInput;
import ai.kubiya.sdk.model.Execution;
import ai.kubiya.sdk.model.Group;
import ai.kubiya.sdk.model.GroupInput;
import ai.kubiya.sdk.model.SourceInput;
import ai.kubiya.sdk.model.ToolRunInput;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The client in Java against this server. */
@ServerTest
class JavaSdkTest {

    private static KubiyaClient client(TestServer server) {
        return KubiyaClient.of(server.newOrganization().key(), server.url() + "/v1");
    }

    @Test
    void createsReadsChangesAndDeletes(TestServer server) {
        KubiyaClient kubiya = client(server);
        Agent made = kubiya.agents().create(new AgentInput().name("ada").description("first"));
        assertThat(kubiya.agents().get("ada").id()).isEqualTo(made.id());
        assertThat(kubiya.agents()
                        .update(made.id(), new AgentInput().description("second"))
                        .description())
                .isEqualTo("second");
        assertThat(kubiya.getTeammates()).extracting(Agent::name).containsExactly("ada");
        kubiya.agents().delete(made.id());
        assertThatThrownBy(() -> kubiya.agents().get(made.id()))
                .isInstanceOfSatisfying(KubiyaException.NotFound.class, failure -> {
                    assertThat(failure.errorCode()).isEqualTo("NOT_FOUND");
                    assertThat(failure.requestId()).startsWith("req_");
                });
    }

    @Test
    void namesEveryWrongField(TestServer server) {
        KubiyaClient kubiya = client(server);
        assertThatThrownBy(() -> kubiya.agents().create(new AgentInput().set("nam", "x")))
                .isInstanceOfSatisfying(
                        KubiyaException.Invalid.class,
                        failure -> assertThat(failure.errors())
                                .extracting(KubiyaException.FieldError::field)
                                .containsExactlyInAnyOrder("/nam", "/name"));
        KubiyaClient stranger = KubiyaClient.of("uk_wrong", server.url() + "/v1");
        assertThatThrownBy(() -> stranger.agents().list().page()).isInstanceOf(KubiyaException.NotAuthenticated.class);
    }

    @Test
    void goesThroughAllPages(TestServer server) {
        KubiyaClient kubiya = client(server);
        for (int i = 0; i < 5; i++) {
            kubiya.users().createGroup(new GroupInput().name("java-" + i));
        }
        Page<Group> page = kubiya.users().listGroups(CallOptions.page(2, 0)).page();
        assertThat(page.data()).hasSize(2);
        Set<String> names = new HashSet<>();
        kubiya.users().listGroups(CallOptions.of("limit", 2)).forEach(group -> names.add(group.name()));
        assertThat(names).hasSize((int) page.total());
    }

    @Test
    void streamsWhatAToolPrints(TestServer server) {
        KubiyaClient kubiya = client(server);
        kubiya.sources()
                .create(new SourceInput()
                        .name("counters")
                        .inlineTools(List.of(Map.of(
                                "name", "count",
                                "description", "counts",
                                "type", "script",
                                "content", "for i in 1 2 3; do echo $i; done"))));
        StringBuilder text = new StringBuilder();
        try (EventStream events = kubiya.tools().execute(new ToolRunInput().toolName("count"))) {
            events.forEach(event -> {
                if (event.data().path("type").asText().equals("tool-output")) {
                    text.append(event.data().path("content").asText());
                }
            });
        }
        assertThat(text.toString()).isEqualTo("1\n2\n3\n");
        Execution started = kubiya.tools().start("count", new ToolRunInput());
        List<String> names = new ArrayList<>();
        try (EventStream events = kubiya.executions().listLogsStream(started.id(), CallOptions.of("follow", true))) {
            events.forEach(event -> names.add(event.name()));
        }
        assertThat(names).endsWith("result");
    }
}
