package ai.kubiya.server.knowledge;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is now.
 *
 * @param version counts the changes of what it says
 * @param whole false where a list left out a long content
 * @param contentHash SHA-256 of the content in hexadecimal
 * @param source where it comes from: {@code manual}, {@code terraform}, …
 * @param format of the content: {@code markdown}, {@code text}, …
 * @param changes counts all changes, those of the restrictions too
 */
public record KnowledgeEntry(
        UUID id,
        UUID organizationId,
        int version,
        KnowledgeText text,
        boolean whole,
        String contentHash,
        int sizeBytes,
        String source,
        String format,
        Restrictions restrictions,
        String managedBy,
        String taskId,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long changes) {

    public String name() {
        return text.name();
    }

    /** An older or the current version of what an entry says. */
    public record Version(
            UUID entry,
            int version,
            KnowledgeText text,
            boolean whole,
            String contentHash,
            int sizeBytes,
            @Nullable Integer restoredFrom,
            String createdBy,
            Instant createdAt) {}
}
