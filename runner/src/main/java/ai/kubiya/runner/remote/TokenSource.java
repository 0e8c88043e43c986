package ai.kubiya.runner.remote;

import java.io.IOException;
import java.nio.file.Files;

/** The token that the runner comes with. One in a file may be exchanged while the runner works. */
final class TokenSource {
    private final RunnerOptions.Token where;
    private String text;

    private TokenSource(RunnerOptions.Token where, String text) {
        this.where = where;
        this.text = text;
    }

    static TokenSource of(RunnerOptions.Token where) throws IOException {
        return new TokenSource(where, read(where));
    }

    synchronized String text() {
        return text;
    }

    /** Looks again after this token was refused; true when there is another. */
    synchronized boolean renew(String refused) {
        try {
            text = read(where);
        } catch (IOException e) {
            return false;
        }
        return !text.equals(refused);
    }

    private static String read(RunnerOptions.Token where) throws IOException {
        return switch (where) {
            case RunnerOptions.Token.Given given -> given.text();
            case RunnerOptions.Token.InFile file ->
                Files.readString(file.file()).strip();
        };
    }
}
