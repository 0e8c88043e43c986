package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import java.util.Map;
import java.util.Optional;

/** Knows credentials other than keys, which are good for few routes and a short time. */
public interface Passes {
    /** Whether this has the form of such a credential and not that of a key. */
    boolean isPass(String text);

    /**
     * The caller behind a pass; empty when nobody ever got such a one.
     *
     * @param parameters of the path: a pass may be good for one resource alone
     * @throws ApiException 401 when it is over, 404 when it is good for another resource than this
     */
    Optional<Caller> caller(String pass, Map<String, String> parameters, Origin origin);
}
