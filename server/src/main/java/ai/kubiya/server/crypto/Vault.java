package ai.kubiya.server.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values in envelopes: each with AES-256-GCM under a data key of its own, which the master key wraps. A sealed value
 * names its master key and is bound to the place it was sealed for, so that nobody can move one row's value into another.
 *
 * <p>The form: version (1 byte), name of the master key (8), nonce (12) and wrapped data key (48), nonce (12), encrypted
 * value, tag (16). {@link SealedColumn} says where in the database such values are.
 */
public final class Vault {
    private static final byte VERSION = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int ENVELOPE_BYTES = 1 + MasterKey.ID_BYTES + NONCE_BYTES + KEY_BYTES + TAG_BYTES;

    private final KeyRing keys;
    private final SecureRandom random;

    Vault(KeyRing keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** A value that these keys do not open, or not for that place. */
    public static final class CannotOpen extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        CannotOpen(String message) {
            super(message);
        }

        CannotOpen(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A sealed value taken apart. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Envelope(MasterKey masterKey, byte[] header, byte[] wrappedKey, byte[] value) {}

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
        byte[] dataKey = new byte[KEY_BYTES];
        random.nextBytes(dataKey);
        byte[] sealed = encrypt(new SecretKeySpec(dataKey, "AES"), value, bound(place));
        return wrapped(dataKey, sealed);
    }

    /** A new key for something large that is kept in pieces. */
    public ContentKey newContentKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new ContentKey(key);
    }

    /** As {@link #seal}; only this key has to be sealed anew when the master key changes, and not what it encrypts. */
    public byte[] sealKey(ContentKey key, String place) {
        return sealBytes(key.bytes(), place);
    }

    /** As {@link #open(byte[], String)}. */
    public ContentKey openKey(byte[] sealed, String place) {
        return new ContentKey(openBytes(sealed, place));
    }

    private byte[] wrapped(byte[] dataKey, byte[] sealed) {
        MasterKey masterKey = keys.current();
        byte[] header = header(masterKey);
        byte[] wrappedKey = encrypt(masterKey.forCipher(), dataKey, header);
        return ByteBuffer.allocate(header.length + wrappedKey.length + sealed.length)
                .put(header)
                .put(wrappedKey)
                .put(sealed)
                .array();
    }

    private static byte[] header(MasterKey masterKey) {
        return ByteBuffer.allocate(1 + MasterKey.ID_BYTES)
                .put(VERSION)
                .put(masterKey.idBytes())
                .array();
    }

    private static byte[] bound(String place) {
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(VERSION).put(text).array();
    }

    /**
     * Decrypts.
     *
     * @throws CannotOpen when the value was sealed for another place, or under a key that is not here
     */
    public String open(byte[] sealed, String place) {
        return new String(openBytes(sealed, place), StandardCharsets.UTF_8);
    }

    /** As {@link #open(byte[], String)}. */
    public byte[] openBytes(byte[] sealed, String place) {
        try {
            Envelope envelope = envelope(sealed);
            return decrypt(new SecretKeySpec(dataKey(envelope), "AES"), envelope.value(), bound(place));
        } catch (GeneralSecurityException e) {
            throw new CannotOpen("damaged, or sealed for another place than " + place, e);
        }
    }

    /** The same sealed value with its data key under the current master key. */
    byte[] rewrap(byte[] sealed) {
        try {
            Envelope envelope = envelope(sealed);
            return wrapped(dataKey(envelope), envelope.value());
        } catch (GeneralSecurityException e) {
            throw new CannotOpen("a sealed value is damaged", e);
        }
    }

    private static byte[] dataKey(Envelope envelope) throws GeneralSecurityException {
        return decrypt(envelope.masterKey().forCipher(), envelope.wrappedKey(), envelope.header());
    }

    private Envelope envelope(byte[] sealed) {
        if (sealed.length < ENVELOPE_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] != VERSION) {
            throw new CannotOpen("not a sealed value");
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] header = take(buffer, 1 + MasterKey.ID_BYTES);
        String id = HexFormat.of().formatHex(header, 1, header.length);
        MasterKey masterKey = keys.find(id)
                .orElseThrow(() -> new CannotOpen("sealed under the master key " + id
                        + ", which this server does not have; give it in KUBIYA_MASTER_KEY_PREVIOUS"));
        byte[] wrappedKey = take(buffer, NONCE_BYTES + KEY_BYTES + TAG_BYTES);
        return new Envelope(masterKey, header, wrappedKey, take(buffer, buffer.remaining()));
    }

    private static byte[] take(ByteBuffer buffer, int bytes) {
        byte[] taken = new byte[bytes];
        buffer.get(taken);
        return taken;
    }

    private byte[] encrypt(SecretKey key, byte[] plain, byte[] bound) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
            cipher.updateAAD(bound);
            byte[] encrypted = cipher.doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decrypt(SecretKey key, byte[] encrypted, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, encrypted, 0, NONCE_BYTES));
        cipher.updateAAD(bound);
        return cipher.doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
    }
}
