package ai.kubiya.server.project;

import ai.kubiya.server.project.code.ModuleCode;
import java.time.Instant;
import java.util.UUID;

/**
 * A project as its row says, without the values of sensitive variables.
 *
 * @param code what was read from its code
 * @param commit the commit that this was read from
 * @param inputsVersion counts the changes after which an older plan is void
 * @param createdBy email of the user who made it
 * @param version counts its changes
 */
public record Project(
        UUID id,
        UUID organizationId,
        ProjectDefinition definition,
        ModuleCode code,
        String commit,
        ProjectStatus status,
        long inputsVersion,
        String createdBy,
        String updatedBy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public String name() {
        return definition.name();
    }
}
