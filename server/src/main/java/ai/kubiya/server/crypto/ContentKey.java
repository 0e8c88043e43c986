package ai.kubiya.server.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts something large piece by piece with AES-256-GCM, so that nobody has to hold all of it. The nonce is the piece's
 * number and whether it is the last: a piece that is missing, doubled or in another's place does not open (STREAM, Hoang
 * et al. 2015). That is safe because a key is made for one content and encrypts each of its pieces once.
 */
public final class ContentKey {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    ContentKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] bytes() {
        return key.getEncoded();
    }

    /** Encrypts a piece. To be called once for each number. */
    public byte[] seal(byte[] buffer, int length, int number, boolean last) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, number, last).doFinal(buffer, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Decrypts a piece.
     *
     * @throws Vault.CannotOpen when it is not this piece of this content
     */
    public byte[] open(byte[] sealed, int number, boolean last) {
        try {
            return cipher(Cipher.DECRYPT_MODE, number, last).doFinal(sealed);
        } catch (GeneralSecurityException e) {
            throw new Vault.CannotOpen("piece " + number + " is damaged, or not a piece of this content", e);
        }
    }

    private Cipher cipher(int mode, int number, boolean last) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                .putInt(NONCE_BYTES - Integer.BYTES - 1, number)
                .put(NONCE_BYTES - 1, (byte) (last ? 1 : 0))
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
