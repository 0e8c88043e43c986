package ai.kubiya.cli;

/** Ends the command with a sentence. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode code;
    private final String sentence;

    Failure(ExitCode code, String sentence) {
        super(sentence);
        this.code = code;
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    ExitCode code() {
        return code;
    }
}
