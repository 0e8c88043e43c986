package ai.kubiya.runner.executor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment of a container. The engine's client is told the names and finds the values in its own environment,
 * because everybody on the host can read a command line.
 *
 * @param arguments for the client's command line
 * @param ofClient for the client's environment
 */
record ContainerEnvironment(List<String> arguments, Map<String, String> ofClient) {
    // These would change what the client itself does, on the host.
    private static final Set<String> STEERS_CLIENT = Set.of(
            "PATH", "HOME", "TMPDIR", "GODEBUG", "GOTRACEBACK", "NOTIFY_SOCKET", "SSL_CERT_FILE", "SSL_CERT_DIR");
    private static final List<String> STEERS_CLIENT_PREFIXES = List.of(
            "LD_",
            "DOCKER_",
            "CONTAINER",
            "PODMAN_",
            "BUILDAH_",
            "XDG_",
            "REGISTRY_",
            "STORAGE_",
            "LISTEN_",
            "DBUS_",
            "_CONTAINERS",
            "_PODMAN",
            "NETAVARK_",
            "CONMON");

    static ContainerEnvironment of(Map<String, String> environment, Set<String> secrets) throws NotStartedException {
        List<String> arguments = new ArrayList<>();
        Map<String, String> ofClient = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (!steersClient(name)) {
                arguments.addAll(List.of("--env", name));
                ofClient.put(name, variable.getValue());
            } else if (!secrets.contains(name)) {
                arguments.addAll(List.of("--env", name + "=" + variable.getValue()));
            } else {
                throw new NotStartedException("a secret cannot have the name " + name
                        + " in a container, because the engine's client uses that name itself");
            }
        }
        return new ContainerEnvironment(arguments, ofClient);
    }

    private static boolean steersClient(String name) {
        return STEERS_CLIENT.contains(name) || STEERS_CLIENT_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Never prints values: some are secrets. */
    @Override
    public String toString() {
        return "ContainerEnvironment" + ofClient.keySet();
    }
}
