package ai.kubiya.server.agent.chat.loop;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a tool's execution ended.
 *
 * @param exitCode null when the tool did not get as far as to have one
 * @param content what the tool printed, or at least its end
 * @param message a sentence about anything but success; null when there is nothing to add
 */
public record ToolOutcome(
        Status status,
        @Nullable Integer exitCode,
        String content,
        @Nullable String message) {
    /** The wire name is the lower-case name. */
    public enum Status {
        COMPLETED,
        FAILED,
        CANCELLED,
        TIMED_OUT,
        /** Nobody knows what became of it. */
        LOST;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
