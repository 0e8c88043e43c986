package ai.kubiya.server.state;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state as it was written once.
 *
 * @param id that of its content
 * @param number counts the versions of a project, from 1
 * @param serial Terraform's own count
 * @param size bytes as Terraform sent them
 * @param storedBytes bytes as they are kept
 * @param restoredFrom the version whose state this is again; null = Terraform wrote it
 * @param executionId the execution that wrote it; null = somebody did from a machine of their own
 */
public record StateVersion(
        UUID id,
        UUID organizationId,
        UUID projectId,
        long number,
        long serial,
        String lineage,
        String terraformVersion,
        long size,
        String md5,
        String sha256,
        long storedBytes,
        int pieces,
        int resources,
        int outputs,
        @Nullable Long restoredFrom,
        @Nullable UUID executionId,
        String createdBy,
        Instant createdAt) {

    ObjectNode toJson() {
        return Json.object()
                .put("version", number)
                .put("serial", serial)
                .put("lineage", lineage)
                .put("terraform_version", terraformVersion)
                .put("size_bytes", size)
                .put("stored_bytes", storedBytes)
                .put("md5", md5)
                .put("resource_count", resources)
                .put("output_count", outputs)
                .put("restored_from", restoredFrom)
                .put("execution_id", executionId == null ? null : executionId.toString())
                .put("created_by", createdBy)
                .put("created_at", Json.time(createdAt));
    }
}
