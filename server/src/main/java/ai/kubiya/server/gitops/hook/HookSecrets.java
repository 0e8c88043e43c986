package ai.kubiya.server.gitops.hook;

import ai.kubiya.server.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes tokens and secrets of hooks, and keeps them sealed. */
public final class HookSecrets {
    static final String TOKEN = "token";
    static final String SECRET = "secret";
    static final String API_TOKEN = "api_token";

    private static final int BYTES = 32;

    private final Vault vault;
    private final SecureRandom random;

    public HookSecrets(Vault vault, SecureRandom random) {
        this.vault = vault;
        this.random = random;
    }

    /** 256 random bits, url-safe. */
    String make() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a token is found by. */
    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte @Nullable [] seal(UUID organizationId, UUID hook, String what, @Nullable String value) {
        return value == null || value.isEmpty() ? null : vault.seal(value, place(organizationId, hook, what));
    }

    @Nullable
    String open(UUID organizationId, UUID hook, String what, byte @Nullable [] sealed) {
        return sealed == null ? null : vault.open(sealed, place(organizationId, hook, what));
    }

    private static String place(UUID organizationId, UUID hook, String what) {
        return "gitops_hook/" + organizationId + "/" + hook + "/" + what;
    }
}
