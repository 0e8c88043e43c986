package ai.kubiya.runner.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The shapes in which a secret turns up in output. */
final class SecretForms {
    static final int SHORTEST = 4;
    // Shorter pieces of base64 would hit ordinary words.
    private static final int SHORTEST_BASE64 = 6;

    private SecretForms() {}

    static Stream<String> of(String secret) {
        List<String> forms = new ArrayList<>();
        String value = secret.strip();
        if (value.length() < SHORTEST) {
            return Stream.empty();
        }
        forms.add(secret);
        addEncoded(forms, secret);
        if (!value.equals(secret)) {
            forms.add(value);
            addEncoded(forms, value);
        }
        // Tools print keys and certificates line by line, or with other line ends.
        value.lines().map(String::strip).forEach(forms::add);
        return forms.stream().filter(form -> form.length() >= SHORTEST);
    }

    private static void addEncoded(List<String> forms, String value) {
        String url = URLEncoder.encode(value, UTF_8);
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(value)));
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.add(encoder.encodeToString(value.getBytes(UTF_8)));
            for (int before = 0; before < 3; before++) {
                String inner = insideBase64(encoder, value.getBytes(UTF_8), before);
                if (inner.length() >= SHORTEST_BASE64) {
                    forms.add(inner);
                }
            }
        }
    }

    /** What base64 of a longer text (such as {@code user:password}) holds of a value that stands anywhere in it. */
    private static String insideBase64(Base64.Encoder encoder, byte[] value, int before) {
        byte[] shifted = new byte[before + value.length];
        System.arraycopy(value, 0, shifted, before, value.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int start = before == 0 ? 0 : before + 1;
        int end = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return start < end ? encoded.substring(start, end) : "";
    }
}
