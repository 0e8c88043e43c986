package ai.kubiya.server.http;

/** Which of the two APIs a path belongs to (contract, section 1). */
public enum Surface {
    /** {@code /v1}: enveloped lists, unknown fields refused. */
    DOCUMENTED,
    /** {@code /api/v1} to {@code /api/v3}: bare arrays, unknown fields ignored, {@code Bearer} accepted. */
    COMPATIBILITY;

    static Surface of(String path) {
        return path.startsWith("/api/") ? COMPATIBILITY : DOCUMENTED;
    }
}
