package ai.kubiya.server.approval;

import ai.kubiya.server.access.Audience;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that people have to agree to, as its row says.
 *
 * @param executionId what waits for it
 * @param deciders empty = administrators
 * @param decidedBy the e-mail of who decided; null also when nobody did in time
 * @param reason what that user said
 */
public record Approval(
        UUID id,
        UUID organizationId,
        UUID executionId,
        ApprovalStatus status,
        ApprovalSubject subject,
        String message,
        Audience deciders,
        boolean notRequester,
        @Nullable UUID sessionId,
        UUID requestedBy,
        String requesterEmail,
        Instant requestedAt,
        Instant expiresAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String reason) {}
