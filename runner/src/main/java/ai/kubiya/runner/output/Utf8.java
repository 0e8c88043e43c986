package ai.kubiya.runner.output;

/** Lengths of text as UTF-8 and as JSON, without making the bytes. */
final class Utf8 {
    private Utf8() {}

    static int length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    /** The longest beginning of a text that has at most so many bytes and cuts no character. */
    static String start(String text, int bytes) {
        int left = bytes;
        int end = 0;
        while (end < text.length()) {
            int step = Character.charCount(text.codePointAt(end));
            left -= length(text.substring(end, end + step));
            if (left < 0) {
                break;
            }
            end += step;
        }
        return text.substring(0, end);
    }

    static int bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        // Half of a pair stands for two of the four bytes.
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    /** The most bytes this character can take in JSON, whoever writes it. */
    static int jsonBytes(char c) {
        if (c == '\n' || c == '\t' || c == '\r' || c == '"' || c == '\\') {
            return 2;
        }
        return c < 0x20 || c > 0x7e ? 6 : 1;
    }
}
