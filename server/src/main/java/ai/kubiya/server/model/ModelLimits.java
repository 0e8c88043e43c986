package ai.kubiya.server.model;

import org.jspecify.annotations.Nullable;

/**
 * Bounds of one step.
 *
 * @param maxOutputTokens null leaves it to the provider
 */
public record ModelLimits(@Nullable Integer maxOutputTokens) {
    public static final ModelLimits NONE = new ModelLimits(null);
}
