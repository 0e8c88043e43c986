package ai.kubiya.server.access;

import java.util.Set;
import java.util.UUID;

/**
 * Who asks: the user behind the key of a request.
 *
 * @param organizationId every statement is limited to this organisation's rows
 * @param requestId the request's id, for logs and answers
 */
public record Caller(
        UUID organizationId,
        String organizationName,
        UUID userId,
        String email,
        UUID keyId,
        String keyName,
        Set<Scope> scopes,
        String requestId) {

    public boolean may(Scope scope) {
        return scope.isGrantedBy(scopes);
    }
}
