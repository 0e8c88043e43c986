package ai.kubiya.runner.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into pieces that end at the end of a line and are small enough to be stored as one event. A line longer
 * than a piece is cut between two characters.
 */
final class LineCutter {
    static final int PIECE_BYTES = 16 * 1024;
    // An event must stay below 64 KiB as JSON, where a control character takes six bytes.
    static final int PIECE_JSON_BYTES = 48 * 1024;

    private final StringBuilder rest = new StringBuilder();
    private int bytes;
    private int jsonBytes;
    private int lineEnd;

    List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isFull(c)) {
                pieces.add(take(lineEnd > 0 ? lineEnd : rest.length()));
            }
            append(c);
        }
        if (lineEnd > 0) {
            pieces.add(take(lineEnd));
        }
        return pieces;
    }

    boolean hasRest() {
        return !rest.isEmpty();
    }

    /** The beginning of a line that has not ended yet. */
    List<String> rest() {
        // Half a character stays: its other half comes with the next read.
        boolean half = hasRest() && Character.isHighSurrogate(rest.charAt(rest.length() - 1));
        int length = rest.length() - (half ? 1 : 0);
        return length == 0 ? List.of() : List.of(take(length));
    }

    private boolean isFull(char next) {
        boolean insidePair = Character.isLowSurrogate(next);
        return !insidePair && hasRest() && (bytes + 4 > PIECE_BYTES || jsonBytes + 12 > PIECE_JSON_BYTES);
    }

    private void append(char c) {
        rest.append(c);
        bytes += Utf8.bytes(c);
        jsonBytes += Utf8.jsonBytes(c);
        if (c == '\n') {
            lineEnd = rest.length();
        }
    }

    private String take(int length) {
        String piece = rest.substring(0, length);
        String left = rest.substring(length);
        rest.setLength(0);
        bytes = 0;
        jsonBytes = 0;
        lineEnd = 0;
        for (int i = 0; i < left.length(); i++) {
            append(left.charAt(i));
        }
        return piece;
    }
}
