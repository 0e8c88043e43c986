package ai.kubiya.server.project;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A secret of the organisation that Terraform gets as an environment variable.
 *
 * @param environment name of the variable
 */
public record SecretVariable(String name, String environment) {

    ObjectNode toJson() {
        return Json.object().put("name", name).put("to_env", environment);
    }
}
