package ai.kubiya.runner.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
    @Test
    void masksASecretInEveryFormInWhichItUsuallyAppears() {
        SecretMask mask = SecretMask.of(List.of("p\"ss w/rd+1", "line one\nline two\n"));

        assertThat(mask.mask("a p\"ss w/rd+1 b")).isEqualTo("a *** b");
        assertThat(mask.mask("{\"p\\\"ss w/rd+1\"}")).isEqualTo("{\"***\"}");
        assertThat(mask.mask("?p=p%22ss+w%2Frd%2B1&")).isEqualTo("?p=***&");
        assertThat(mask.mask("?p=p%22ss%20w%2Frd%2B1&")).isEqualTo("?p=***&");
        assertThat(mask.mask(base64("p\"ss w/rd+1"))).isEqualTo("***");
        assertThat(mask.mask("> line two")).isEqualTo("> ***");
        assertThat(mask.mask("line one\r\nline two")).isEqualTo("***\r\n***");
    }

    @Test
    void masksASecretInsideBase64OfALongerText() {
        String secret = "s3cr3t-t0k3n-value";
        SecretMask mask = SecretMask.of(List.of(secret));
        for (String before : List.of("", "u", "us", "use", "user:")) {
            String masked = mask.mask(base64(before + secret + ":more"));
            int around = base64(before + ":more").length();

            assertThat(masked).contains("***").hasSizeLessThanOrEqualTo(around + "***".length() + 4);
        }
    }

    @Test
    void leavesShortValuesAlone() {
        assertThat(SecretMask.of(List.of("yes", "", "  \n")).mask("yes and no")).isEqualTo("yes and no");
    }

    @Test
    void holdsBackOnlyWhatMayBeASecret() {
        MaskedStream stream = SecretMask.of(List.of("abcdef")).stream();

        assertThat(stream.feed("x ab")).isEqualTo("x ");
        assertThat(stream.feed("out")).isEqualTo("about");
        assertThat(stream.feed("abc")).isEmpty();
        assertThat(stream.feed("def")).isEqualTo("***");
        assertThat(stream.feed("abc") + stream.end()).isEqualTo("abc");
    }

    @Test
    void hidesTheTellingBeginningOfASecretThatWasCutOff() {
        MaskedStream stream = SecretMask.of(List.of("0123456789abcdef")).stream();

        assertThat(stream.feed("key 0123456789ab") + stream.end()).isEqualTo("key ***");
    }

    @Test
    void masksTheSameHoweverTheTextIsCut() {
        Random random = new Random(20_240_817);
        for (int round = 0; round < 3000; round++) {
            List<String> secrets = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                secrets.add(text(random, 4 + random.nextInt(8)));
            }
            SecretMask mask = SecretMask.of(secrets);
            StringBuilder text = new StringBuilder(text(random, random.nextInt(60)));
            secrets.forEach(secret -> text.insert(random.nextInt(text.length() + 1), secret));
            String whole = mask.mask(text.toString());

            assertThat(inPieces(mask, text.toString(), random)).isEqualTo(whole);
            secrets.forEach(secret -> assertThat(whole).doesNotContain(secret));
        }
    }

    @Test
    void changesNothingElse() {
        Random random = new Random(4);
        SecretMask mask = SecretMask.of(List.of("zzzzzzzz"));
        for (int round = 0; round < 500; round++) {
            String text = text(random, random.nextInt(200));
            assertThat(inPieces(mask, text, random)).isEqualTo(text);
        }
    }

    private static String inPieces(SecretMask mask, String text, Random random) {
        MaskedStream stream = mask.stream();
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(5));
            shown.append(stream.feed(text.substring(at, end)));
            at = end;
        }
        return shown + stream.end();
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
