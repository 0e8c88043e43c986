package ai.kubiya.cli;

/** What scripts can tell apart. */
enum ExitCode {
    OK(0, "done"),
    FAILED(1, "it failed; a tool, task or run that did not complete counts as well"),
    USAGE(2, "the command line or the settings are wrong"),
    NOT_ALLOWED(3, "no key, or one that may not do this (401, 403)"),
    NOT_FOUND(4, "there is no such thing (404)"),
    CONFLICT(5, "it exists already, is locked, or somebody else changed it (409, 412, 423)"),
    INVALID(6, "the server refused what was sent (400, 413, 415)"),
    LIMITED(7, "too many requests (429)"),
    UNREACHABLE(8, "the server did not answer, or failed (5xx)");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    static ExitCode ofStatus(int status) {
        return switch (status) {
            case 0 -> UNREACHABLE;
            case 400, 413, 415, 422 -> INVALID;
            case 401, 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 409, 412, 423 -> CONFLICT;
            case 429 -> LIMITED;
            default -> status >= 500 ? UNREACHABLE : FAILED;
        };
    }
}
