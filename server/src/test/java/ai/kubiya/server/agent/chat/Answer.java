package ai.kubiya.server.agent.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** What a server answered. */
record Answer(int status, HttpHeaders headers, String body) {
    Answer is(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    JsonNode json() {
        return Json.parse(body);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
