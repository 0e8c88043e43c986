package ai.kubiya.server.project;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.db.Transaction;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.project.code.DeclaredVariable;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.secret.Secrets;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what a client says about a project, and keeps what nobody may see of it. */
final class ProjectInputs {
    private final ProjectStore store = new ProjectStore();
    private final Secrets secrets;
    private final Runners runners;
    private final Vault vault;

    ProjectInputs(Secrets secrets, Runners runners, Vault vault) {
        this.secrets = secrets;
        this.runners = runners;
        this.vault = vault;
    }

    /** A definition that is fine, and its sensitive values apart. */
    record Checked(ProjectDefinition definition, SensitiveValues sensitive) {}

    /**
     * Checks.
     *
     * @param body the fields of the whole project
     * @param before what was stored until now, or null
     * @param stored the sensitive values until now
     */
    Checked check(
            Caller caller,
            ObjectNode body,
            ReadCode code,
            @Nullable ProjectDefinition before,
            SensitiveValues stored,
            boolean strict) {
        JsonFields fields = new JsonFields(body);
        ProjectDefinition sent = ProjectDefinition.of(fields);
        Set<String> known = new HashSet<>();
        if (before != null) {
            known.addAll(before.secretNames());
        }
        checkSecrets(caller, sent, known, fields);
        String runner = runner(caller, sent.runner(), before, fields);
        Set<String> set = before == null
                ? Set.of()
                : before.variables().stream().map(VariableValue::name).collect(Collectors.toSet());
        List<VariableValue> values = VariableCheck.check(sent.variables(), code.code(), set, fields);
        Set<String> sensitive = code.code().variables().stream()
                .filter(DeclaredVariable::sensitive)
                .map(DeclaredVariable::name)
                .collect(Collectors.toSet());
        SensitiveValues.Split split = stored.take(values, sensitive, fields);
        fields.check(strict);
        return new Checked(sent.withVariables(split.variables()).withRunner(runner), split.sensitive());
    }

    /** By its name, also where its id was sent. One that is no more may stay until another is named. */
    private String runner(Caller caller, String sent, @Nullable ProjectDefinition before, JsonFields fields) {
        if (before != null && before.runner().equals(sent)) {
            return sent;
        }
        Optional<String> name = runners.nameOf(caller, sent);
        if (name.isEmpty()) {
            List<String> names = new ArrayList<>(runners.names(caller));
            names.add(Runners.LOCAL);
            fields.problem(
                    "/runner", "there is no runner \"" + sent + "\"; the runners are " + String.join(", ", names));
        }
        return name.orElse(sent);
    }

    private void checkSecrets(Caller caller, ProjectDefinition definition, Set<String> kept, JsonFields fields) {
        List<String> missing = secrets.missing(caller.organizationId(), definition.secretNames());
        for (int i = 0; i < definition.secrets().size(); i++) {
            checkSecret(definition.secrets().get(i).name(), "/secrets/" + i, missing, kept, fields);
        }
        for (int i = 0; i < definition.variables().size(); i++) {
            @Nullable String secret = definition.variables().get(i).secret();
            if (secret != null) {
                checkSecret(secret, "/variables/" + i + "/secret", missing, kept, fields);
            }
        }
    }

    private static void checkSecret(
            String name, String pointer, List<String> missing, Set<String> kept, JsonFields fields) {
        if (missing.contains(name) && !kept.contains(name)) {
            fields.problem(pointer, "there is no secret \"" + name + "\"");
        }
    }

    byte @Nullable [] seal(Project project, SensitiveValues values) {
        return values.isEmpty() ? null : vault.seal(values.json(), place(project));
    }

    SensitiveValues opened(Transaction transaction, Project project) {
        return store.sensitiveValues(transaction, project)
                .map(bytes -> SensitiveValues.parse(vault.open(bytes, place(project))))
                .orElseGet(SensitiveValues::none);
    }

    private static String place(Project project) {
        return "project/" + project.organizationId() + "/" + project.id();
    }
}
