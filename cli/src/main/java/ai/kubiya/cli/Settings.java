package ai.kubiya.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the server is and with which key: flags, then the environment, then the file in the home directory. */
final class Settings {
    private static final String DEFAULT_URL = "http://127.0.0.1:8080/v1";
    private static final ObjectMapper YAML = new YAMLMapper();

    private final Map<String, String> environment;
    private final Path file;

    Settings(Map<String, String> environment) {
        this.environment = environment;
        String home = environment.getOrDefault("HOME", ".");
        String named = environment.get("KUBIYA_CLI_CONFIG");
        this.file = named == null ? Path.of(home, ".kubiya", "config.yaml") : Path.of(named);
    }

    /**
     * A setting and where it is from.
     *
     * @param value null = nowhere
     */
    record Found(@Nullable String value, String from) {}

    Path file() {
        return file;
    }

    Found key(@Nullable String flag) {
        return find(flag, "KUBIYA_API_KEY", "api_key", null);
    }

    Found url(@Nullable String flag) {
        return find(flag, "KUBIYA_BASE_URL", "base_url", DEFAULT_URL);
    }

    private Found find(@Nullable String flag, String variable, String field, @Nullable String byDefault) {
        if (flag != null && !flag.isBlank()) {
            return new Found(flag, "flag");
        }
        String set = environment.get(variable);
        if (set != null && !set.isBlank()) {
            return new Found(set, variable);
        }
        String kept = read().path(field).asText("");
        return kept.isEmpty() ? new Found(byDefault, "default") : new Found(kept, file.toString());
    }

    private JsonNode read() {
        try {
            return Files.exists(file) ? YAML.readTree(file.toFile()) : YAML.createObjectNode();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "The file " + file + " cannot be read as YAML: " + e.getMessage() + ". Mend or remove it.");
        }
    }

    /** Keeps them in the file, which nobody else may read. */
    void write(String url, String key) {
        Map<String, String> content = new LinkedHashMap<>();
        content.put("base_url", url);
        content.put("api_key", key);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, YAML.writeValueAsString(content), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The file " + file + " cannot be written: " + e.getMessage());
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The file " + file + " cannot be removed: " + e.getMessage());
        }
    }
}
