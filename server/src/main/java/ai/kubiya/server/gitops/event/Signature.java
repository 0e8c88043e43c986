package ai.kubiya.server.gitops.event;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether an event was sent by somebody who has the hook's secret. */
public final class Signature {
    private Signature() {}

    public static boolean fits(GitHost host, String secret, Posted posted) {
        return switch (host) {
            // GitLab sends the secret itself.
            case GITLAB -> equal(posted.header("x-gitlab-token"), secret);
            case GITHUB, GIT -> equal(posted.header("x-hub-signature-256"), "sha256=" + hmac(secret, posted.body()));
            case GITEA ->
                equal(
                        posted.header("x-forgejo-signature", "x-gitea-signature", "x-gogs-signature"),
                        hmac(secret, posted.body()));
        };
    }

    /** In a time that does not tell where the difference is. */
    private static boolean equal(Optional<String> got, String wanted) {
        return got.isPresent()
                && MessageDigest.isEqual(
                        got.get().getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
