package ai.kubiya.server;

import ai.kubiya.server.http.Routes;
import ai.kubiya.server.project.ProjectRoutes;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.secret.Secrets;
import java.util.List;

/** Infrastructure as code: projects and their runs. */
final class ProjectParts {
    final ProjectService projects;

    ProjectParts(Foundation foundation, Secrets secrets) {
        projects =
                new ProjectService(foundation.database, secrets, foundation.vault, foundation.audit, foundation.clock);
    }

    List<Routes> routes() {
        return List.of(new ProjectRoutes(projects));
    }
}
