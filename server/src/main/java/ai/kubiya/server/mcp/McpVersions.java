package ai.kubiya.server.mcp;

import java.util.List;

/** Revisions of the protocol that are spoken here, the newest first. */
final class McpVersions {
    /** Every request carries its version and the client's abilities; there is no handshake. */
    static final String MODERN = "2026-07-28";

    /** What a handshake agrees on when the client asks for something else. */
    static final String NEWEST_WITH_HANDSHAKE = "2025-11-25";

    static final List<String> ALL = List.of(MODERN, NEWEST_WITH_HANDSHAKE, "2025-06-18", "2025-03-26");

    private McpVersions() {}

    /** What a handshake agrees on. */
    static String agreed(String asked) {
        return ALL.contains(asked) && !asked.equals(MODERN) ? asked : NEWEST_WITH_HANDSHAKE;
    }
}
