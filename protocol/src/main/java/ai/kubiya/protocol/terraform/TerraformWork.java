package ai.kubiya.protocol.terraform;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What a plan or an apply needs besides its code and the saved plan.
 *
 * @param apply whether the saved plan in the archive is to be applied
 * @param module the folder to work in, relative to the code; empty = that itself
 * @param executables files of the code that are programs
 * @param links symbolic links of the code and where they lead
 * @param variables values of the code's variables
 * @param secrets environment variables whose values must never be seen in output
 * @param masked other values that must not be seen
 * @param mode {@code normal}, {@code destroy} or {@code refresh_only}
 * @param lock what others are told who meet the lock, in Terraform's JSON
 * @param ticket goes back with the report as it is; what the server has to remember until then
 */
public record TerraformWork(
        boolean apply,
        String module,
        List<String> executables,
        Map<String, String> links,
        ObjectNode variables,
        Map<String, String> environment,
        Map<String, String> secrets,
        List<String> masked,
        String mode,
        List<String> targets,
        List<String> replaces,
        StateAddress state,
        String lock,
        String ticket) {
    public TerraformWork {
        requireNonNull(module, "module");
        executables = List.copyOf(executables);
        links = Map.copyOf(links);
        requireNonNull(variables, "variables");
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
        masked = List.copyOf(masked);
        requireNonNull(mode, "mode");
        targets = List.copyOf(targets);
        replaces = List.copyOf(replaces);
        requireNonNull(state, "state");
        requireNonNull(lock, "lock");
        requireNonNull(ticket, "ticket");
    }

    /** Never prints values. */
    @Override
    public String toString() {
        return "TerraformWork[" + (apply ? "apply" : "plan") + "]";
    }
}
