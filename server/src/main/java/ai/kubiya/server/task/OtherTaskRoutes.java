package ai.kubiya.server.task;

import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import java.io.IOException;

/**
 * What else older clients find under {@code /api/v1/tasks/{task}}: projects, their plans and executions. Ids tell which is
 * meant, so these are asked for every id that is no task's.
 */
public interface OtherTaskRoutes {
    Response get(Request request) throws IOException;

    Response put(Request request) throws IOException;

    Response delete(Request request) throws IOException;
}
