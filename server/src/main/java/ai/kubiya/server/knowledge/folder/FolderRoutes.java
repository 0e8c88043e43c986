package ai.kubiya.server.knowledge.folder;

import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import java.io.IOException;
import java.util.UUID;

/** HTTP of folders of Markdown that are kept as entries. */
public final class FolderRoutes implements Routes {
    private static final String PATH = "/v1/knowledge/folders";

    private final FolderService folders;

    public FolderRoutes(FolderService folders) {
        this.folders = folders;
    }

    @Override
    public void addTo(Router router) {
        router.get(PATH, Scope.KNOWLEDGE_READ, this::list)
                .post(PATH, Scope.KNOWLEDGE_WRITE, this::create)
                .get(PATH + "/{knowledge_folder}", Scope.KNOWLEDGE_READ, this::get)
                .delete(PATH + "/{knowledge_folder}", Scope.KNOWLEDGE_WRITE, this::delete)
                .post(PATH + "/{knowledge_folder}/sync", Scope.KNOWLEDGE_WRITE, this::sync);
    }

    private static UUID id(Request request) {
        return request.uuid("knowledge_folder", "knowledge folder");
    }

    private Response list(Request request) {
        return Response.list(
                request, folders.list(request.caller(), request.range()).map(Folder::toJson));
    }

    private Response get(Request request) {
        return shown(folders.get(request.caller(), id(request)));
    }

    /** How many entries it has and whether it is being synced changes without it. */
    private static Response shown(Folder folder) {
        return Response.ok(folder.toJson()).withTagOfState(folder.id(), folder.changes());
    }

    private Response create(Request request) throws IOException {
        Folder folder = folders.create(request.caller(), request.fields(), request.strict());
        return Response.created(request, PATH + "/" + folder.id(), folder.toJson())
                .withTagOfState(folder.id(), folder.changes());
    }

    private Response sync(Request request) {
        return shown(folders.sync(request.caller(), id(request)));
    }

    private Response delete(Request request) {
        folders.delete(request.caller(), id(request), request.precondition());
        return Response.deleted();
    }
}
