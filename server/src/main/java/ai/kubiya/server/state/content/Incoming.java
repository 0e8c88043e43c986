package ai.kubiya.server.state.content;

import java.util.UUID;

/**
 * A state that has arrived and is not a version of anything yet.
 *
 * @param id of its content
 * @param size bytes of the state as it came
 * @param md5 in base64, as Terraform sends it
 * @param sha256 in hex
 * @param sealedKey what its pieces are encrypted with
 * @param only its only piece, which is not stored yet; null when all pieces are stored
 */
@SuppressWarnings("ArrayRecordComponent")
public record Incoming(
        UUID id,
        UUID organizationId,
        UUID projectId,
        StateDocument document,
        long size,
        String md5,
        String sha256,
        long storedBytes,
        int pieces,
        byte[] sealedKey,
        byte @org.jspecify.annotations.Nullable [] only) {}
