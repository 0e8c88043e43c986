package ai.kubiya.server.state;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.ApiException;
import java.util.UUID;

/** Finds projects by what stands in a path. */
@FunctionalInterface
public interface ProjectLookup {
    /** @throws ApiException 404 when the caller's organisation has no such project */
    UUID find(Caller caller, String idOrName);
}
