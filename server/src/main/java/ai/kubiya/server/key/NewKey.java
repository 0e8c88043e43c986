package ai.kubiya.server.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A key that was just made: {@code uk_} and 43 url-safe characters, 256 random bits.
 *
 * @param text the key itself, shown once and kept nowhere
 */
record NewKey(String text) {
    static final String START = "uk_";

    private static final int SHOWN = 8;

    static NewKey random(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new NewKey(START + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        return hash(text);
    }

    /** What lists show so that people can tell keys apart. */
    String prefix() {
        return text.substring(0, SHOWN);
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first bits of a hash. */
    static long address(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "NewKey[" + prefix() + "…]";
    }
}
