package ai.kubiya.runner.script;

import java.util.Objects;

/** A program that a tool needs to start is not there; the message names it. */
public final class MissingProgramException extends Exception {
    private static final long serialVersionUID = 1L;

    public MissingProgramException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
