package ai.kubiya.protocol;

import java.time.Instant;
import java.util.Map;

/** Something that happened in a run, in the order in which it happened. */
public sealed interface RunEvent {
    Instant at();

    /**
     * Text the tool printed. Whole lines where the tool prints lines; a part of a line when it stays silent in the
     * middle of one or the line is very long. Secrets are already masked.
     *
     * @param stream {@code stdout} or {@code stderr}
     */
    record Output(Instant at, String stream, String content) implements RunEvent {}

    /** The run was prepared and its process started, in the named kind of isolation. */
    record Started(Instant at, String executor) implements RunEvent {}

    /**
     * Something the operator or the caller should know that does not end the run.
     *
     * @param code a fixed word such as {@code image_ignored}
     */
    record Warning(Instant at, String code, String message, Map<String, String> details) implements RunEvent {}
}
