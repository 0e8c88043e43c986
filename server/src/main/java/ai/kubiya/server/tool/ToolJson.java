package ai.kubiya.server.tool;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The wire shape of a saved tool (contract, section 6). */
final class ToolJson {
    /** Fields that only the server sets. */
    static final List<String> READ_ONLY = List.of("id", "uuid", "source", "file_name", "created_at", "updated_at");

    private ToolJson() {}

    static ObjectNode of(Tool tool) {
        ObjectNode json = Json.object()
                .put("id", tool.id().toString())
                .put("uuid", tool.id().toString());
        json.setAll(tool.definition().toJson(Json.MAPPER));
        json.putObject("source")
                .put("id", tool.sourceId().toString())
                .put("name", tool.sourceName())
                .put("type", tool.sourceType())
                .put("url", tool.sourceUrl() == null ? "" : tool.sourceUrl());
        json.put("created_at", Json.time(tool.createdAt()));
        json.put("updated_at", Json.time(tool.updatedAt()));
        return json;
    }
}
