package ai.kubiya.server.contract;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client hears of a request that is not as the description has it. */
@ServerTest
class RequestCheckTest {

    @Test
    void namesEverythingThatIsWrongAtOnce(ApiClient client) {
        Answer answer = client.post("/v1/tools", """
                {"name": " ", "description": 7, "type": "cobol", "colour": "blue", "timeout": -1, "long_running": "no",
                 "args": [{"type": "int"}, {"name": "b", "type": "number", "size": 1}, "c"],
                 "with_services": [{"name": "db", "image": "postgres", "exposed_ports": [0, 1.5, "80"], "env": {"A": {}}}]}
                """);

        assertThat(answer)
                .hasStatus(400)
                .hasErrorCode("VALIDATION_FAILED")
                .hasFieldError("/name", "must not be empty")
                .hasFieldError("/description", "must be a string, got a number")
                .hasFieldError("/type", "must be one of docker, script, python, mcp, got \"cobol\"")
                .hasFieldError("/timeout", "must be a whole number from 0 to 2147483647")
                .hasFieldError("/long_running", "must be true or false, got a string")
                .hasFieldError("/args/0/name", "is required")
                .hasFieldError("/args/1/type", "must be one of string, int, float, bool, object, array, file")
                .hasFieldError("/args/1/size", "is not a field of this request; the fields are default, description, ")
                .hasFieldError("/args/2", "must be an object, got a string")
                .hasFieldError("/with_services/0/exposed_ports/0", "must be a whole number from 1 to 65535")
                .hasFieldError("/with_services/0/exposed_ports/1", "must be a whole number from 1 to 65535")
                .hasFieldError("/with_services/0/exposed_ports/2", "must be a whole number from 1 to 65535")
                .hasFieldError("/with_services/0/env/A", "must be a string, got an object")
                .saysWhy("(and 12 more, see errors)");
    }

    @Test
    void namesTheFieldsThatThereAre(ApiClient client) {
        Answer answer = client.post("/v1/agents/nobody/chat", "{\"message\": \"x\", \"colour\": \"blue\"}");

        assertThat(answer)
                .hasStatus(400)
                .hasFieldError("/colour", "is not a field of this request; the fields are message, session_id, stream");
        assertThat(client.post("/v1/agents", "{\"name\": \"x\", \"colour\": 1}").text("/details"))
                .contains("tags, task_id")
                .doesNotContain("created_at");
    }

    @Test
    void countsCharacters(ApiClient client) {
        assertThat(client.post("/v1/agents", "{\"name\": \"" + "x".repeat(201) + "\"}"))
                .hasStatus(400)
                .hasFieldError("/name", "must have at most 200 characters, got 201")
                .hasFieldErrors(1);
        assertThat(client.post("/v1/agents", "{\"name\": \"" + "x".repeat(200) + "\"}"))
                .hasStatus(201);
    }

    @Test
    void takesNullForAbsent(ApiClient client) {
        assertThat(client.post("/v1/agents", "{\"name\": null}")).hasStatus(400).hasFieldError("/name", "is required");
        assertThat(client.post("/v1/agents", """
                {"name": "x", "description": null, "tags": null, "environment_variables": {"A": null}, "colour": null,
                 "starters": [{"display_name": null, "command": "hi"}]}
                """))
                .hasStatus(400)
                .hasFieldError("/colour", "is not a field")
                .hasFieldErrors(1);
        assertThat(client.post("/v1/agents", "{\"name\": \"x\", \"description\": null, \"tags\": null}"))
                .hasStatus(201)
                .has("/description", "");
    }

    @Test
    void wantsNoFieldAgainInAnUpdate(ApiClient client) {
        String tool = client.create("/v1/tools", """
                {"name": "greet", "description": "x", "content": "echo hi", "args": [{"name": "a"}]}
                """);
        for (String method : new String[] {"PUT", "PATCH"}) {
            assertThat(client.send(method, "/v1/tools/" + tool, "{\"timeout\": 5}"))
                    .hasStatus(200);
            assertThat(client.send(method, "/v1/tools/" + tool, "{\"timeout\": \"5\"}"))
                    .hasStatus(400)
                    .hasFieldError("/timeout", "must be a whole number");
            // Elements of arrays are replaced whole.
            assertThat(client.send(method, "/v1/tools/" + tool, "{\"args\": [{\"type\": \"int\"}]}"))
                    .hasStatus(400)
                    .hasFieldError("/args/0/name", "is required");
        }
        assertThat(client.patch("/v1/tools/" + tool, "{\"timeout\": null}")).hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/agents?limit=0 | limit | must be a whole number from 1 to 500, got \"0\"",
                "/v1/agents?offset=x | offset | must be a whole number from 0 to 4611686018427387903, got \"x\"",
                "/v1/sources?type=svn | type | must be one of git, zip, inline, got \"svn\"",
                "/v1/sources?status=lazy | status | must be one of active, syncing, failed, got \"lazy\"",
                "/v1/executions?kind=x | kind | must be one of tool, agent_turn, workflow, step, terraform, got \"x\"",
                "/v1/tools?source_id=x | source_id | must be a uuid, got \"x\"",
                "/v1/executions/x/logs?follow=maybe | follow | must be true or false, got \"maybe\""
            })
    void refusesAQueryThatDoesNotFit(String path, String name, String message, ApiClient client) {
        assertThat(client.get(path))
                .hasStatus(400)
                .hasErrorCode("VALIDATION_FAILED")
                .hasFieldError(name, message);
    }

    @Test
    void namesAllThatIsWrongWithAQuery(ApiClient client) {
        assertThat(client.get("/v1/executions?limit=0&offset=-1&status=x&colour=blue"))
                .hasStatus(400)
                .hasFieldErrors(3);
        assertThat(client.get("/v1/executions?limit=&status=&colour=blue")).hasStatus(200);
    }

    @Test
    void leavesTheOtherSurfaceAlone(ApiClient client) {
        assertThat(client.post("/api/v1/agents", "{\"name\": \"x\", \"colour\": 7}"))
                .hasStatus(200);
        assertThat(client.get("/api/v1/sources?type=svn")).hasStatus(200);
    }

    @Test
    void leavesErrorsOfTheOpenAiPathsInTheirForm(ApiClient client) {
        Answer answer = client.post("/v1/chat/completions", "{\"model\": 5}");

        assertThat(answer).hasStatus(400).has("/error/type", "invalid_request_error");
        assertThat(client.post("/v1/chat/completions", "{").status()).isEqualTo(400);
    }
}
