package ai.kubiya.server.project.run.work;

/** A run that cannot go on; the message is for people. */
public final class CannotGoOn extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code a fixed word such as {@code missing_variable} */
    CannotGoOn(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
