package ai.kubiya.server.agent.chat.compat;

import java.util.ArrayList;
import java.util.List;

/** Keeps lines short: existing clients give up on a stream with a line of 64 KiB. */
final class TextParts {
    /** Even when each character needs the six bytes of an escape, there is room for the rest of the line. */
    static final int LONGEST = 8 << 10;

    private TextParts() {}

    /** The text in pieces, none of which ends within a character. */
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (text.length() - start > LONGEST) {
            int end = start + LONGEST;
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            parts.add(text.substring(start, end));
            start = end;
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** The end of a text, where results and errors are. */
    static String end(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int start = text.length() - LONGEST;
        return "…" + text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }
}
