package ai.kubiya.server.runner.install;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Values for the chart {@code deploy/helm/kubiya-runner}, with the fields that existing clients look for besides. */
public final class HelmValues {
    private static final int USER = 10_001;

    private HelmValues() {}

    /**
     * The values.
     *
     * @param userId who asked for them
     */
    public static ObjectNode of(Installation installation, String userId) {
        ObjectNode json = Json.object()
                .put("organization", installation.organization())
                .put("runner_name", installation.runner())
                .put("user_id", userId)
                .put("uuid", installation.runnerId().toString());
        ObjectNode server = json.putObject("server");
        server.put("url", installation.url()).put("token", installation.token());
        ObjectNode runner = json.putObject("runner");
        runner.put("name", installation.runner()).set("labels", Json.array(installation.labels()));
        runner.put("executor", installation.executor());
        if (installation.concurrency() != null) {
            runner.put("concurrency", installation.concurrency());
        }
        json.set("image", image(installation.image()));
        // The vendor's chart connects through NATS; ours does not, and has the token in the same place.
        json.putObject("nats")
                .put("jwt", installation.token())
                .put("secondJwt", "")
                .put("subject", installation.organization() + "." + installation.runner());
        ObjectNode alloy = json.putObject("alloy").putObject("alloy");
        alloy.putObject("configMap").put("create", false).put("key", "").put("name", "");
        alloy.putArray("extraEnv");
        alloy.putObject("securityContext").put("runAsUser", USER).put("runAsGroup", USER);
        return json;
    }

    private static ObjectNode image(String image) {
        int colon = image.lastIndexOf(':');
        boolean tagged = colon > image.lastIndexOf('/');
        return Json.object()
                .put("repository", tagged ? image.substring(0, colon) : image)
                .put("tag", tagged ? image.substring(colon + 1) : "latest");
    }
}
