package ai.kubiya.server.project;

import ai.kubiya.server.project.code.DeclaredVariable;
import ai.kubiya.server.project.code.ModuleCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

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

    /** Names of variables that the code needs a value for and that have none. */
    public List<String> missingVariables() {
        Set<String> set =
                definition.variables().stream().map(VariableValue::name).collect(Collectors.toSet());
        return code.variables().stream()
                .filter(DeclaredVariable::required)
                .map(DeclaredVariable::name)
                .filter(name -> !set.contains(name))
                .toList();
    }

    /** The same project with other code. */
    public Project withCode(ModuleCode other) {
        return new Project(
                id,
                organizationId,
                definition,
                other,
                commit,
                status,
                inputsVersion,
                createdBy,
                updatedBy,
                createdAt,
                updatedAt,
                version);
    }

    public String name() {
        return definition.name();
    }
}
