package ai.kubiya.server.state;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import java.util.Base64;
import java.util.Random;

/** States as Terraform writes them, and where they go. */
final class States {
    static final String LINEAGE = "346ab255-57d2-fbce-d2e3-d0ba7a410b88";

    private States() {}

    /** A project that holds nothing but a state; answers the path of that. */
    static String newProject(ApiClient client, String name) {
        return "/v1/projects/" + client.create("/v1/projects", "{\"name\": \"%s\"}".formatted(name)) + "/state";
    }

    static String state(long serial) {
        return state(serial, "value");
    }

    /** With an output of this value. */
    static String state(long serial, String value) {
        return """
                {
                  "version": 4,
                  "terraform_version": "1.11.4",
                  "serial": %d,
                  "lineage": "%s",
                  "outputs": {
                    "plain": {"value": "%s", "type": "string"},
                    "hidden": {"value": "hidden-%s", "type": "string", "sensitive": true}
                  },
                  "resources": [],
                  "check_results": null
                }
                """.formatted(serial, LINEAGE, value, value);
    }

    /** Of so many bytes that compress little. */
    static String large(int bytes) {
        Random random = new Random(7);
        StringBuilder instances = new StringBuilder(bytes + 10_000);
        for (int i = 0; instances.length() < bytes; i++) {
            byte[] noise = new byte[600_000];
            random.nextBytes(noise);
            instances
                    .append(i == 0 ? "" : ",")
                    .append("{\"index_key\": ")
                    .append(i)
                    .append(", \"schema_version\": 0, \"attributes\": {\"id\": \"id-")
                    .append(i)
                    .append("\", \"input\": {\"value\": \"")
                    .append(Base64.getEncoder().encodeToString(noise))
                    .append("\", \"type\": \"string\"}}}");
        }
        return state(1).replace("\"resources\": []", """
                "resources": [{"mode": "managed", "type": "terraform_data", "name": "large",
                  "provider": "provider[\\"terraform.io/builtin/terraform\\"]", "instances": [%s]}]
                """.formatted(instances).strip());
    }

    static String lock(String id) {
        return """
                {"ID":"%s","Operation":"OperationTypeApply","Info":"","Who":"ada@laptop","Version":"1.11.4",\
                "Created":"2026-11-24T09:30:00.908378997Z","Path":""}""".formatted(id);
    }

    static void write(ApiClient client, String path, String state) {
        assertThat(client.post(path + "/raw", state)).hasStatus(200);
    }

    static void holdsSerial(ApiClient client, String path, int serial) {
        Answer current = client.get(path);
        assertThat(current).hasStatus(200).has("/current/serial", serial);
        assertThat(client.get(path + "/raw")).hasStatus(200).has("/serial", serial);
    }
}
