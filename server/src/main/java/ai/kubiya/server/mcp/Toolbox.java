package ai.kubiya.server.mcp;

import ai.kubiya.server.model.ModelTool;
import ai.kubiya.server.tool.builtin.ToolFailed;
import ai.kubiya.server.tool.run.CheckedRun;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tools that a client is offered. */
interface Toolbox {
    /** Tools that a client gets at once. */
    int PAGE = 500;

    /**
     * Some of them.
     *
     * @param next cursor of the page after; null = there is none
     */
    record Listed(List<ModelTool> tools, @Nullable String next) {}

    /** A tool that may be called. */
    @FunctionalInterface
    interface Offered {
        /**
         * A call of it that may be started.
         *
         * @throws ToolFailed when it would fail anyhow
         * @throws ai.kubiya.server.http.ApiException when it is refused
         */
        CheckedRun checked(ObjectNode arguments) throws ToolFailed, InterruptedException;
    }

    /** @param cursor null = from the first on */
    Listed list(@Nullable String cursor) throws McpError;

    Optional<Offered> find(String name);

    /** Whose they are, for people and models: "of …". */
    String owner();
}
