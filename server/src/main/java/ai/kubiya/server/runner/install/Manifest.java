package ai.kubiya.server.runner.install;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects of Kubernetes that make up a runner. One that runs tools in its own pod needs no rights in the cluster; one that
 * runs them as Jobs gets those it needs, in its own namespace. The chart {@code deploy/helm/kubiya-runner} makes the same.
 */
public final class Manifest {
    private static final int USER = 10_001;
    /** The runner lets its runs end before it goes. */
    private static final int GRACE_SECONDS = 660;

    private final Installation installation;
    private final String name;

    private Manifest(Installation installation) {
        this.installation = installation;
        this.name = installation.objectName();
    }

    public static String of(Installation installation) {
        Manifest manifest = new Manifest(installation);
        List<JsonNode> documents = new ArrayList<>();
        documents.add(Json.object()
                .put("apiVersion", "v1")
                .put("kind", "Namespace")
                .set("metadata", Json.object().put("name", installation.namespace())));
        documents.add(manifest.secret());
        documents.add(
                manifest.object("v1", "ServiceAccount", manifest.name).put("automountServiceAccountToken", false));
        if (installation.runsJobs()) {
            documents.add(manifest.role());
            documents.add(manifest.roleBinding());
        }
        documents.add(manifest.deployment());
        return Yaml.text(documents);
    }

    private ObjectNode object(String version, String kind, String objectName) {
        ObjectNode json = Json.object().put("apiVersion", version).put("kind", kind);
        ObjectNode metadata =
                json.putObject("metadata").put("name", objectName).put("namespace", installation.namespace());
        metadata.set("labels", labels());
        return json;
    }

    private ObjectNode labels() {
        return Json.object()
                .put("app.kubernetes.io/name", "kubiya-runner")
                .put("app.kubernetes.io/instance", name)
                .put("app.kubernetes.io/managed-by", "kubiya");
    }

    private ObjectNode secret() {
        ObjectNode secret = object("v1", "Secret", name).put("type", "Opaque");
        secret.putObject("stringData").put("token", installation.token());
        return secret;
    }

    private ObjectNode role() {
        ObjectNode role = object("rbac.authorization.k8s.io/v1", "Role", name);
        ArrayNode rules = role.putArray("rules");
        rules.add(rule("batch", "jobs", "create", "get", "list", "delete", "deletecollection"));
        rules.add(rule("", "pods", "get", "list", "delete", "deletecollection"));
        rules.add(rule("", "pods/log", "get"));
        rules.add(rule("", "events", "list"));
        rules.add(rule("", "secrets", "create", "delete", "deletecollection"));
        rules.add(rule("", "persistentvolumeclaims", "create", "get"));
        rules.add(rule("networking.k8s.io", "networkpolicies", "create", "delete", "deletecollection"));
        return role;
    }

    private static ObjectNode rule(String group, String resource, String... verbs) {
        ObjectNode rule = Json.object();
        rule.putArray("apiGroups").add(group);
        rule.putArray("resources").add(resource);
        rule.set("verbs", Json.array(List.of(verbs)));
        return rule;
    }

    private ObjectNode roleBinding() {
        ObjectNode binding = object("rbac.authorization.k8s.io/v1", "RoleBinding", name);
        binding.putObject("roleRef")
                .put("apiGroup", "rbac.authorization.k8s.io")
                .put("kind", "Role")
                .put("name", name);
        binding.putArray("subjects")
                .addObject()
                .put("kind", "ServiceAccount")
                .put("name", name)
                .put("namespace", installation.namespace());
        return binding;
    }

    private ObjectNode deployment() {
        ObjectNode deployment = object("apps/v1", "Deployment", name);
        ObjectNode spec = deployment.putObject("spec").put("replicas", 1);
        // A new version starts beside the old one, which takes no more work and lets its runs end.
        spec.putObject("strategy")
                .put("type", "RollingUpdate")
                .putObject("rollingUpdate")
                .put("maxSurge", 1)
                .put("maxUnavailable", 0);
        spec.putObject("selector").set("matchLabels", labels());
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").set("labels", labels());
        ObjectNode pod = template.putObject("spec")
                .put("serviceAccountName", name)
                .put("automountServiceAccountToken", installation.runsJobs())
                .put("terminationGracePeriodSeconds", GRACE_SECONDS);
        pod.putObject("securityContext")
                .put("runAsNonRoot", true)
                .put("runAsUser", USER)
                .put("runAsGroup", USER)
                .put("fsGroup", USER)
                .putObject("seccompProfile")
                .put("type", "RuntimeDefault");
        pod.putArray("containers").add(container());
        ArrayNode volumes = pod.putArray("volumes");
        volumes.addObject().put("name", "state").putObject("emptyDir");
        volumes.addObject().put("name", "tmp").putObject("emptyDir");
        volumes.addObject().put("name", "token").putObject("secret").put("secretName", name);
        return deployment;
    }

    private ObjectNode container() {
        ObjectNode container = Json.object().put("name", "runner").put("image", installation.image());
        ArrayNode environment = container.putArray("env");
        environment(environment, "KUBIYA_URL", installation.url());
        environment(environment, "KUBIYA_RUNNER_NAME", installation.runner());
        environment(environment, "KUBIYA_RUNNER_TOKEN_FILE", "/etc/kubiya/token");
        environment(environment, "KUBIYA_RUNNER_STATE", "/var/lib/kubiya-runner");
        environment(environment, "KUBIYA_RUNNER_LABELS", String.join(",", installation.labels()));
        if (installation.concurrency() != null) {
            environment(environment, "KUBIYA_RUNNER_CONCURRENCY", Integer.toString(installation.concurrency()));
        }
        environment(environment, "KUBIYA_EXECUTOR", installation.executor());
        if (installation.runsJobs()) {
            // What is left of its Jobs goes when this pod goes.
            own(environment, "KUBIYA_POD_NAMESPACE", "metadata.namespace");
            own(environment, "KUBIYA_POD_NAME", "metadata.name");
            own(environment, "KUBIYA_POD_UID", "metadata.uid");
        }
        ObjectNode resources = container.putObject("resources");
        resources.putObject("requests").put("cpu", "100m").put("memory", "256Mi");
        resources.putObject("limits").put("memory", "768Mi");
        container
                .putObject("securityContext")
                .put("allowPrivilegeEscalation", false)
                .put("readOnlyRootFilesystem", true)
                .putObject("capabilities")
                .putArray("drop")
                .add("ALL");
        // The runner touches this file with each heartbeat that the server answers or could not be reached for.
        container
                .putObject("livenessProbe")
                .put("initialDelaySeconds", 60)
                .put("periodSeconds", 30)
                .put("failureThreshold", 4)
                .putObject("exec")
                .set("command", Json.array(List.of("/opt/kubiya/alive", "/var/lib/kubiya-runner")));
        ArrayNode mounts = container.putArray("volumeMounts");
        mounts.addObject().put("name", "state").put("mountPath", "/var/lib/kubiya-runner");
        mounts.addObject().put("name", "tmp").put("mountPath", "/tmp");
        mounts.addObject().put("name", "token").put("mountPath", "/etc/kubiya").put("readOnly", true);
        return container;
    }

    private static void own(ArrayNode environment, String variable, String field) {
        environment
                .addObject()
                .put("name", variable)
                .putObject("valueFrom")
                .putObject("fieldRef")
                .put("fieldPath", field);
    }

    private static void environment(ArrayNode environment, String variable, String value) {
        environment.addObject().put("name", variable).put("value", value);
    }
}
