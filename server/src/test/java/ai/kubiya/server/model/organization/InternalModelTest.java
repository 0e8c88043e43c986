package ai.kubiya.server.model.organization;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import org.junit.jupiter.api.Test;

@ServerTest
class InternalModelTest {

    @Test
    void refusesAnEndpointInsideTheServersNetwork(ApiClient client) {
        assertThat(client.put("/v1/organization/model", """
                        {"provider": "ollama", "base_url": "http://169.254.169.254/v1", "models": ["x"]}
                        """))
                .hasStatus(400)
                .hasFieldError("/base_url", "internal address");
    }
}
