package ai.kubiya.server.runner.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A token that was just made. It follows from a seed of 160 random bits, which stands in the url of a manifest: so the
 * manifest can hold the token although the server keeps hashes alone.
 *
 * @param seed 40 hexadecimal digits
 */
public record NewRunnerToken(String seed) {
    static final String START = "rt_";

    private static final Pattern SEED = Pattern.compile("[0-9a-f]{40}");
    private static final int SHOWN = 8;

    public NewRunnerToken {
        if (!SEED.matcher(seed).matches()) {
            throw new IllegalArgumentException("not a seed");
        }
    }

    static NewRunnerToken random(SecureRandom random) {
        byte[] bytes = new byte[20];
        random.nextBytes(bytes);
        return new NewRunnerToken(HexFormat.of().formatHex(bytes));
    }

    static boolean isSeed(String text) {
        return SEED.matcher(text).matches();
    }

    /** The token itself: {@code rt_} and 43 url-safe characters. */
    public String text() {
        byte[] digest = sha256("kubiya runner token " + seed);
        return START + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** What lists show so that people can tell tokens apart. */
    String prefix() {
        return text().substring(0, SHOWN);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never prints the token. */
    @Override
    public String toString() {
        return "NewRunnerToken[" + prefix() + "…]";
    }
}
