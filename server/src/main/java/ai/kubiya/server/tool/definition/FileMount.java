package ai.kubiya.server.tool.definition;

import org.jspecify.annotations.Nullable;

/**
 * A file that a tool finds at {@code destination}.
 *
 * @param content its text, or null when {@code source} names a file of the machine that runs the tool
 */
public record FileMount(
        String destination,
        @Nullable String source,
        @Nullable String content) {}
