package ai.kubiya.server;

import ai.kubiya.server.http.Routes;
import ai.kubiya.server.project.ProjectRoutes;
import ai.kubiya.server.project.ProjectService;
import ai.kubiya.server.project.code.CodeFetch;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.source.git.GitFetcher;
import java.util.List;

/** Infrastructure as code: projects and their runs. */
final class ProjectParts {
    final ProjectService projects;

    ProjectParts(Foundation foundation, Secrets secrets, GitFetcher git) {
        CodeFetch code = new CodeFetch(git, foundation.directory.workspace());
        projects = new ProjectService(
                foundation.database, secrets, code, foundation.vault, foundation.audit, foundation.clock);
    }

    List<Routes> routes() {
        return List.of(new ProjectRoutes(projects));
    }
}
