package ai.kubiya.runner.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.RunEvent;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Test
    void decodesCharactersThatAreCutByReads() throws Exception {
        String text = "grüße 👋 an alle\n".repeat(50);

        assertThat(String.join("", read(text.getBytes(UTF_8), 1))).isEqualTo(text);
    }

    @Test
    void splitsALongLineBetweenCharactersIntoEventsThatCanBeStored() throws Exception {
        for (String character : List.of("x", "\u0001", "👋", "\"", "é")) {
            String line = character.repeat(100_000);
            List<String> pieces = read(line.getBytes(UTF_8), 8192);

            assertThat(String.join("", pieces).equals(line)).isTrue();
            for (String piece : pieces) {
                assertThat(JSON.writeValueAsBytes(piece)).hasSizeLessThan(60_000);
                assertThat(piece.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(16 * 1024);
                assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
            }
        }
    }

    @Test
    void endsPiecesAtTheEndOfALine() throws Exception {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append("y".repeat(random.nextInt(100))).append('\n');
        }
        List<String> pieces = read(text.toString().getBytes(UTF_8), 5000);

        assertThat(String.join("", pieces).equals(text.toString())).isTrue();
        assertThat(pieces).allMatch(piece -> piece.endsWith("\n"));
    }

    private static List<String> read(byte[] bytes, int most) throws Exception {
        List<String> pieces = new ArrayList<>();
        KeptOutput output = new KeptOutput(
                event -> pieces.add(((RunEvent.Output) event).content()), InstantSource.system(), Long.MAX_VALUE);
        InputStream in = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, most));
            }
        };
        new LineReader("stdout", SecretMask.of(List.of()), output).readAll(in);
        return pieces;
    }
}
