package ai.kubiya.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;

/** Something that happened in a run, in the order in which it happened. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.Output.class, name = "output"),
    @JsonSubTypes.Type(value = RunEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = RunEvent.Warning.class, name = "warning")
})
public sealed interface RunEvent {
    Instant at();

    /**
     * Text the tool printed. Whole lines where the tool prints lines; a part of a line when it stays silent in the
     * middle of one or the line is very long. Secrets are already masked.
     *
     * @param stream {@code stdout} or {@code stderr}
     */
    record Output(Instant at, String stream, String content) implements RunEvent {
        public Output {
            requireNonNull(at, "at");
            requireNonNull(stream, "stream");
            requireNonNull(content, "content");
        }
    }

    /** The run was prepared and its process started, in the named kind of isolation. */
    record Started(Instant at, String executor) implements RunEvent {
        public Started {
            requireNonNull(at, "at");
            requireNonNull(executor, "executor");
        }
    }

    /**
     * Something the operator or the caller should know that does not end the run.
     *
     * @param code a fixed word such as {@code image_ignored}
     */
    record Warning(Instant at, String code, String message, Map<String, String> details) implements RunEvent {
        public Warning {
            requireNonNull(at, "at");
            requireNonNull(code, "code");
            requireNonNull(message, "message");
            details = Map.copyOf(details);
        }
    }
}
