package ai.kubiya.server.knowledge.file;

/** Why there is no text of a file; the number is the exit code of the process that read it. */
enum Refusal {
    TOO_LONG(10, "its text is longer than a million characters: split it"),
    BROKEN(11, "it is damaged, or not of the kind that its name says"),
    PROTECTED(12, "it is protected by a password: save it without one"),
    NO_TEXT(13, "there is no text in it; pages that are pictures have to be recognised first"),
    BOMB(14, "it unpacks to far more than a document has");

    final int exitCode;
    final String sentence;

    Refusal(int exitCode, String sentence) {
        this.exitCode = exitCode;
        this.sentence = sentence;
    }

    /** Ends the reading of a file. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        final Refusal refusal;

        Refused(Refusal refusal) {
            super(refusal.sentence);
            this.refusal = refusal;
        }
    }
}
