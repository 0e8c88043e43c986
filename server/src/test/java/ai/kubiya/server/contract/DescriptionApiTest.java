package ai.kubiya.server.contract;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The description as the server hands it out. */
@ServerTest
class DescriptionApiTest {

    @Test
    void isThatOfTheRepositoryInBothForms(TestServer server) throws IOException {
        ApiClient anybody = server.anonymous();
        Answer yaml = anybody.get("/openapi.yaml");
        Answer json = anybody.get("/openapi.json");
        ObjectNode expected = DescribedApi.ofRepository().document().deepCopy();
        ((ObjectNode) expected.at("/servers/0")).put("url", "/");

        assertThat(yaml).hasStatus(200).hasHeader("Content-Type", "application/yaml");
        assertThat(json).hasStatus(200).hasHeader("Content-Type", "application/json");
        JsonNode read = new YAMLMapper().readTree(yaml.body());
        assertThat(read).isEqualTo(expected);
        assertThat(json.json()).isEqualTo(expected);
    }

    @Test
    void isNotSentTwice(TestServer server) {
        for (String path : new String[] {"/openapi.yaml", "/openapi.json"}) {
            Answer first = server.anonymous().get(path);
            String tag = first.header("ETag").orElseThrow();
            Answer second = server.anonymous().withHeader("If-None-Match", tag).get(path);

            assertThat(second).hasStatus(304).hasHeader("ETag", tag);
            assertThat(second.body()).isEmpty();
            assertThat(server.anonymous()
                            .withHeader("If-None-Match", "\"other\"")
                            .get(path))
                    .hasStatus(200);
        }
    }

    @Test
    void namesTheUrlThatTheOperatorSet() throws IOException {
        try (TestServer server = TestServer.builder()
                .withSetting("KUBIYA_PUBLIC_URL", "https://kubiya.example.com/\"base\"")
                .start()) {
            String wanted = "https://kubiya.example.com/\"base\"";
            Answer yaml = server.anonymous().get("/openapi.yaml");

            assertThat(new YAMLMapper()
                            .readTree(yaml.body())
                            .at("/servers/0/url")
                            .asText())
                    .isEqualTo(wanted);
            assertThat(server.anonymous().get("/openapi.json")).has("/servers/0/url", wanted);
        }
    }
}
