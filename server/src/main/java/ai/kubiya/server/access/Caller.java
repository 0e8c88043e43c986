package ai.kubiya.server.access;

import java.util.Set;
import java.util.UUID;

/**
 * Who asks: the user behind the key of a request.
 *
 * @param organizationId every statement is limited to this organisation's rows
 * @param groups ids and names of the groups that the user is in; a list of allowed groups may use either
 */
public record Caller(
        UUID organizationId,
        String organizationName,
        UUID userId,
        String email,
        UUID keyId,
        String keyName,
        Set<Scope> scopes,
        Set<String> groups,
        KeyLimits limits,
        Origin origin) {
    public Caller {
        scopes = Set.copyOf(scopes);
        groups = Set.copyOf(groups);
    }

    /** The server itself, for what it does to an organisation's things without being asked. */
    public static Caller server(UUID organizationId, String organizationName) {
        UUID nobody = new UUID(0, 0);
        return new Caller(
                organizationId,
                organizationName,
                nobody,
                "",
                nobody,
                "the server",
                Set.of(),
                Set.of(),
                KeyLimits.AS_SET,
                new Origin("", ""));
    }

    public boolean may(Scope scope) {
        return scope.isGrantedBy(scopes);
    }

    public String requestId() {
        return origin.requestId();
    }
}
