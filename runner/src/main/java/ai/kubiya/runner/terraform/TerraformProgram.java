package ai.kubiya.runner.terraform;

import ai.kubiya.runner.executor.NotStartedException;
import ai.kubiya.runner.script.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the program. */
final class TerraformProgram {
    private static final List<String> NAMES = List.of("terraform", "tofu");

    private TerraformProgram() {}

    /** Looked for each time: it may be installed while the server runs. */
    static Path find(TerraformSettings settings) throws NotStartedException {
        Programs programs = new Programs(settings.path());
        if (!settings.program().isEmpty()) {
            return programs.find(settings.program())
                    .orElseThrow(() -> new NotStartedException("KUBIYA_TERRAFORM names " + settings.program()
                            + ", and there is no such program: correct the setting, or install it"));
        }
        return NAMES.stream()
                .map(programs::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new NotStartedException("neither terraform nor tofu is installed on the runner:"
                        + " install one of them, or say where it is in KUBIYA_TERRAFORM"));
    }
}
