package ai.kubiya.server.tool.definition;

import org.jspecify.annotations.Nullable;

/** The source that a tool came from. */
public record SourceReference(@Nullable String id, @Nullable String url) {}
