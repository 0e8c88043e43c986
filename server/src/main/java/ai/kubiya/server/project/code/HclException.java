package ai.kubiya.server.project.code;

/** Text that is not HCL. */
final class HclException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    HclException(int line, String message) {
        super(message);
        this.line = line;
    }

    int line() {
        return line;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
