package ai.kubiya.server.knowledge.meaning;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a text into the numbers of its pieces as BERT's uncased models know them (WordPiece). */
final class WordPieces {
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int longest;
    private final int begin;
    private final int end;
    private final int unknown;

    /** @param longest at most this many pieces are made, begin and end included; the rest of the text is left out */
    WordPieces(Map<String, Integer> vocabulary, int longest) {
        this.vocabulary = Map.copyOf(vocabulary);
        this.longest = longest;
        this.begin = number("[CLS]");
        this.end = number("[SEP]");
        this.unknown = number("[UNK]");
    }

    private int number(String piece) {
        @Nullable Integer number = vocabulary.get(piece);
        if (number == null) {
            throw new IllegalArgumentException("the vocabulary has no " + piece);
        }
        return number;
    }

    long[] of(String text) {
        List<Integer> pieces = new ArrayList<>();
        pieces.add(begin);
        StringBuilder word = new StringBuilder();
        String plain = plain(text);
        for (int i = 0; i < plain.length() && pieces.size() < longest; ) {
            int point = plain.codePointAt(i);
            i += Character.charCount(point);
            boolean alone = isPunctuation(point) || isIdeograph(point);
            if (alone || isSpace(point)) {
                addWord(word, pieces);
            }
            if (alone) {
                addWord(word.appendCodePoint(point), pieces);
            } else if (!isSpace(point)) {
                word.appendCodePoint(point);
            }
        }
        addWord(word, pieces);
        int length = Math.min(pieces.size(), longest - 1);
        long[] numbers = new long[length + 1];
        for (int i = 0; i < length; i++) {
            numbers[i] = pieces.get(i);
        }
        numbers[length] = end;
        return numbers;
    }

    /** Lower case, without accents and control characters. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean control = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.UNASSIGNED
                    || type == Character.PRIVATE_USE
                    || type == Character.SURROGATE;
            if (isSpace(point)) {
                plain.append(' ');
            } else if (!control && point != 0xFFFD && type != Character.NON_SPACING_MARK) {
                plain.appendCodePoint(Character.toLowerCase(point));
            }
        });
        return plain.toString();
    }

    private void addWord(StringBuilder word, List<Integer> pieces) {
        if (word.isEmpty()) {
            return;
        }
        String whole = word.toString();
        word.setLength(0);
        if (whole.codePointCount(0, whole.length()) > LONGEST_WORD) {
            pieces.add(unknown);
            return;
        }
        List<Integer> found = new ArrayList<>();
        for (int from = 0; from < whole.length(); ) {
            int to = whole.length();
            @Nullable Integer number = null;
            while (to > from && number == null) {
                String piece = whole.substring(from, to);
                number = vocabulary.get(from == 0 ? piece : "##" + piece);
                to -= number == null ? 1 : 0;
            }
            if (number == null) {
                pieces.add(unknown);
                return;
            }
            found.add(number);
            from = to;
        }
        pieces.addAll(found);
    }

    private static boolean isSpace(int point) {
        return point == ' '
                || point == '\t'
                || point == '\n'
                || point == '\r'
                || Character.getType(point) == Character.SPACE_SEPARATOR;
    }

    private static boolean isPunctuation(int point) {
        if ((point >= 33 && point <= 47)
                || (point >= 58 && point <= 64)
                || (point >= 91 && point <= 96)
                || (point >= 123 && point <= 126)) {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isIdeograph(int point) {
        return (point >= 0x4E00 && point <= 0x9FFF)
                || (point >= 0x3400 && point <= 0x4DBF)
                || (point >= 0x20000 && point <= 0x2A6DF)
                || (point >= 0x2A700 && point <= 0x2CEAF)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0x2F800 && point <= 0x2FA1F);
    }
}
