package ai.kubiya.server.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** Tokens that were counted by the provider; zeros when it does not say. */
@JsonNaming(SnakeCaseStrategy.class)
public record ModelUsage(long promptTokens, long completionTokens, long totalTokens) {
    public static final ModelUsage NONE = new ModelUsage(0, 0, 0);

    public ModelUsage plus(ModelUsage other) {
        return new ModelUsage(
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                totalTokens + other.totalTokens);
    }
}
