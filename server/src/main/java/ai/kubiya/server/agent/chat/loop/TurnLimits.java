package ai.kubiya.server.agent.chat.loop;

import java.time.Duration;

/**
 * What ends a turn that does not end by itself, and what bounds a step.
 *
 * @param steps answers of the model, those that ask for tools included
 * @param tokens prompt and answer together, as the provider counts them, over all steps; 0 for no limit
 * @param toolCalls calls that are run, over all steps
 * @param invalidToolCalls calls of unknown tools or with unusable arguments, which the model is told of and may mend
 * @param time since this process took the turn up; the time a server was down does not count
 * @param outputTokens of one answer; 0 leaves it to the provider
 * @param contextTokens about how much of the conversation is sent at most
 * @param toolResultBytes how much of the end of a tool's output the model sees
 */
public record TurnLimits(
        int steps,
        long tokens,
        int toolCalls,
        int invalidToolCalls,
        Duration time,
        int outputTokens,
        int contextTokens,
        int toolResultBytes) {
    public static final TurnLimits DEFAULT =
            new TurnLimits(25, 1_000_000, 100, 5, Duration.ofMinutes(60), 0, 100_000, 16 << 10);
}
