package ai.kubiya.server.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values with AES-256-GCM. Each sealed value is bound to the place it was sealed for, so that nobody can move one
 * row's value into another.
 */
public final class Vault {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKey key;
    private final SecureRandom random;

    private Vault(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * Opens the vault.
     *
     * @param masterKey 32 bytes in base64; empty = a key of this installation's own, made when it is first needed
     * @param data where that key is kept, readable by the server's user alone
     * @throws IOException when the key is not one, or cannot be read or written
     */
    public static Vault open(String masterKey, Path data, SecureRandom random) throws IOException {
        String text = masterKey.isEmpty() ? own(data.resolve("master-key"), random) : masterKey;
        try {
            byte[] key = Base64.getDecoder().decode(text.trim());
            if (key.length == KEY_BYTES) {
                return new Vault(key, random);
            }
        } catch (IllegalArgumentException e) {
            // answered below: the text must not appear in a message
        }
        throw new IOException(
                "KUBIYA_MASTER_KEY must be 32 random bytes in base64; \"openssl rand -base64 32\" makes some");
    }

    private static String own(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
        }
        return Files.readString(file);
    }

    /**
     * Encrypts.
     *
     * @param place what the value belongs to; the same words open it again
     */
    public byte[] seal(String value, String place) {
        return sealBytes(value.getBytes(StandardCharsets.UTF_8), place);
    }

    /** As {@link #seal}. */
    public byte[] sealBytes(byte[] value, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(value);
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws IllegalStateException when the value was sealed under another key or for another place
     */
    public String open(byte[] sealed, String place) {
        return new String(openBytes(sealed, place), StandardCharsets.UTF_8);
    }

    /** As {@link #open(byte[], String)}. */
    public byte[] openBytes(byte[] sealed, String place) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        if (buffer.remaining() < 1 + NONCE_BYTES + TAG_BITS / 8 || buffer.get() != VERSION) {
            throw new IllegalStateException("not a sealed value: " + place);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(rest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed under another master key, or damaged: " + place, e);
        }
    }
}
