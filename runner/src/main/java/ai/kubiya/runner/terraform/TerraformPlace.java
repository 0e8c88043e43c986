package ai.kubiya.runner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.runner.executor.Sandbox;
import ai.kubiya.runner.executor.SandboxCommand;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a job, where they are and where Terraform sees them. In the sandbox the places are the same for plan and
 * apply, because a saved plan remembers them.
 *
 * @param sandboxed whether Terraform sees them elsewhere than they are
 */
record TerraformPlace(Path folder, boolean sandboxed) {
    static final String STATE = "terraform.tfstate";
    static final String PLAN = "plan.tfplan";
    static final String DOCUMENT = "plan.json";
    private static final String VARIABLES = "variables.tfvars.json";
    private static final String SETTINGS = "terraform.rc";
    private static final String LOCK = ".terraform.lock.hcl";
    /** Wins over all other files of the module. */
    private static final String OVERRIDE = "zzz_kubiya_override.tf.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    Path code() {
        return folder.resolve("code");
    }

    Path own(String name) {
        return folder.resolve("own").resolve(name);
    }

    /** Where Terraform sees a file of {@link #own}. */
    String seen(String name) {
        return sandboxed ? "/terraform/" + name : own(name).toString();
    }

    String seenModule(String module) {
        String code = sandboxed ? "/workspace" : code().toString();
        return module.isEmpty() ? code : code + "/" + module;
    }

    Path module(TerraformJob job) throws IOException {
        Path module = code().resolve(job.module()).normalize();
        if (!module.startsWith(code())) {
            throw new IOException("the module " + job.module() + " is outside of the code");
        }
        return module;
    }

    void prepare(TerraformJob job, @Nullable Path plugins) throws IOException {
        Files.createDirectories(own("data"));
        write(own(VARIABLES), JSON.writeValueAsBytes(job.variables()));
        write(own(SETTINGS), settings(plugins).getBytes(UTF_8));
        Path module = module(job);
        ObjectNode override = JSON.createObjectNode();
        override.putObject("terraform").putObject("backend").putObject("local").put("path", seen(STATE));
        Files.deleteIfExists(module.resolve(OVERRIDE));
        write(module.resolve(OVERRIDE), JSON.writeValueAsBytes(override));
        SavedPlan plan = job.plan();
        if (plan != null) {
            write(own(PLAN), plan.file());
            Files.deleteIfExists(module.resolve(LOCK));
            if (plan.lock() != null) {
                write(module.resolve(LOCK), plan.lock());
            }
        }
    }

    /** For nobody but the user that Terraform runs as. */
    static void write(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
    }

    SavedPlan savedPlan(TerraformJob job) throws IOException {
        Path lock = module(job).resolve(LOCK);
        return new SavedPlan(
                Files.readAllBytes(own(PLAN)), Files.isRegularFile(lock) ? Files.readAllBytes(lock) : null);
    }

    List<String> planWords(TerraformJob job) {
        List<String> words = new ArrayList<>(List.of(
                "plan",
                "-input=false",
                "-no-color",
                "-detailed-exitcode",
                "-var-file=" + seen(VARIABLES),
                "-out=" + seen(PLAN)));
        switch (job.options().mode()) {
            case NORMAL -> {}
            case DESTROY -> words.add("-destroy");
            case REFRESH_ONLY -> words.add("-refresh-only");
        }
        job.options().targets().forEach(address -> words.add("-target=" + address));
        job.options().replaces().forEach(address -> words.add("-replace=" + address));
        return words;
    }

    SandboxCommand command(List<String> words, TerraformJob job, Path program, TerraformSettings settings) {
        Map<String, String> variables = new HashMap<>(job.environment());
        variables.putAll(job.secrets());
        variables.put("TF_IN_AUTOMATION", "1");
        variables.put("TF_INPUT", "0");
        variables.put("CHECKPOINT_DISABLE", "1");
        variables.put("TF_CLI_CONFIG_FILE", seen(SETTINGS));
        variables.put("TF_DATA_DIR", seen("data"));
        variables.put("GIT_TERMINAL_PROMPT", "0");
        Map<Path, String> shown = new HashMap<>();
        Stream.of(Optional.of(program), Optional.ofNullable(settings.plugins()))
                .flatMap(Optional::stream)
                .filter(path -> !Sandbox.shows(path))
                .forEach(path -> shown.put(path, path.toString()));
        return SandboxCommand.of(words.toArray(String[]::new))
                .withEnvironment(variables)
                .withReadOnly(shown)
                .withWritable(Map.of(code(), seenModule(""), own(""), sandboxed ? "/terraform" : own("").toString()))
                .withLimits(settings.limits())
                .withNetwork(settings.network());
    }

    /** Terraform's settings. What the mirror has is not looked for elsewhere: there may be no network. */
    private static String settings(@Nullable Path plugins) throws IOException {
        if (plugins == null) {
            return "";
        }
        List<String> mirrored = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(plugins)) {
            for (Path host : found) {
                addProviders(host, mirrored);
            }
        }
        String path = JSON.writeValueAsString(plugins.toString());
        String known = JSON.writeValueAsString(mirrored);
        return """
                provider_installation {
                  filesystem_mirror {
                    path = %s
                  }
                  direct {
                    exclude = %s
                  }
                }
                """.formatted(path, known);
    }

    private static void addProviders(Path host, List<String> to) throws IOException {
        if (!Files.isDirectory(host)) {
            return;
        }
        try (DirectoryStream<Path> spaces = Files.newDirectoryStream(host, Files::isDirectory)) {
            for (Path space : spaces) {
                try (DirectoryStream<Path> types = Files.newDirectoryStream(space, Files::isDirectory)) {
                    types.forEach(
                            type -> to.add(host.getFileName() + "/" + space.getFileName() + "/" + type.getFileName()));
                }
            }
        }
    }
}
