package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.SealedColumn.Loss;
import ai.kubiya.server.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Makes secrets and tokens, and keeps them sealed. */
final class WebhookKeys {
    static final List<SealedColumn> SEALED = List.of(
            new SealedColumn("webhook", "secret", "secrets of webhooks", Loss.CLEAR),
            new SealedColumn("webhook", "previous_secret", "former secrets of webhooks", Loss.CLEAR),
            new SealedColumn("webhook", "token", "urls of webhooks", Loss.CLEAR));

    private static final int BYTES = 32;

    private final Vault vault;
    private final SecureRandom random;

    WebhookKeys(Vault vault, SecureRandom random) {
        this.vault = vault;
        this.random = random;
    }

    /** In the form of Standard Webhooks. */
    String newSecret() {
        return "whsec_" + Base64.getEncoder().encodeToString(bytes());
    }

    /** For a url. */
    String newToken() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    byte[] seal(String value, UUID organization, UUID webhook, String what) {
        return vault.seal(value, place(organization, webhook, what));
    }

    String open(byte[] sealed, UUID organization, UUID webhook, String what) {
        return vault.open(sealed, place(organization, webhook, what));
    }

    private static String place(UUID organization, UUID webhook, String what) {
        return "webhook/" + organization + "/" + webhook + "/" + what;
    }

    /** What a token is found by. It has 256 random bits, so nobody gets from here to there. */
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
