package ai.kubiya.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelMessageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void isStoredInSnakeCaseAndReadBack() throws JsonProcessingException {
        List<ModelMessage> messages = List.of(
                new ModelMessage.SystemPrompt("be brief"),
                new ModelMessage.User("hello"),
                new ModelMessage.Assistant("", List.of(new ToolRequest("c1", "ls", "{\"path\":\"/\"}"))),
                new ModelMessage.ToolResult("c1", "ls", "bin", false));

        String json = JSON.writerFor(new TypeReference<List<ModelMessage>>() {}).writeValueAsString(messages);

        assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree("""
                [{"role":"system","content":"be brief"},
                 {"role":"user","content":"hello"},
                 {"role":"assistant","content":"","tool_calls":[{"id":"c1","name":"ls","arguments":"{\\"path\\":\\"/\\"}"}]},
                 {"role":"tool","call_id":"c1","name":"ls","content":"bin","is_error":false}]
                """));
        assertThat(JSON.readValue(json, new TypeReference<List<ModelMessage>>() {}))
                .isEqualTo(messages);
    }

    @Test
    void tellsArgumentsThatAreNoObject() {
        assertThat(new ToolRequest("c", "t", "").argumentsProblem()).isNull();
        assertThat(new ToolRequest("c", "t", "{\"a\":1}").argumentsProblem()).isNull();
        assertThat(new ToolRequest("c", "t", "[1]").argumentsProblem()).contains("JSON object");
        assertThat(new ToolRequest("c", "t", "{\"a\":").argumentsProblem()).contains("not valid JSON");
        assertThat(new ToolRequest("c", "t", "{} {}").argumentsProblem()).contains("not valid JSON");
    }
}
