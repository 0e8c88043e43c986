package ai.kubiya.server.config;

import ai.kubiya.runner.kubernetes.KubernetesConfig;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads settings from flags, then environment, then file, then defaults, and lists everything that is wrong. */
public final class SettingsReader {
    private static final Set<String> EXECUTORS = Set.of("auto", "docker", "podman", "sandbox", "host", "kubernetes");
    private static final Set<String> PROVIDERS = Set.of("", "openai", "anthropic", "ollama");

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final Map<Setting, String> origins = new EnumMap<>(Setting.class);

    public SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads and checks.
     *
     * @param flags {@code --name value} or {@code --name=value} pairs
     * @throws InvalidSettings with one sentence for each problem
     */
    public Settings read(List<String> flags) {
        fromFile();
        fromEnvironment();
        fromFlags(flags);
        checkAll();
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return new Settings(Map.copyOf(values), Map.copyOf(origins), Map.copyOf(environment));
    }

    private void fromFile() {
        String named = environment.get("KUBIYA_CONFIG");
        Path file = Path.of(Optional.ofNullable(named)
                .orElse(environment.getOrDefault("HOME", System.getProperty("user.home")) + "/.kubiya/server.yaml"));
        if (!Files.exists(file)) {
            if (named != null) {
                problems.add("KUBIYA_CONFIG names " + file + ", which does not exist");
            }
            return;
        }
        try {
            JsonNode root = new YAMLMapper().readTree(Files.readString(file));
            if (root.isObject()) {
                root.properties().forEach(entry -> fromFile(file, entry.getKey(), entry.getValue()));
            } else if (!root.isMissingNode() && !root.isNull()) {
                problems.add(file + " must hold lines of the form \"setting: value\"");
            }
        } catch (JsonProcessingException e) {
            problems.add(file + " is not valid YAML: " + e.getOriginalMessage());
        } catch (IOException e) {
            problems.add(file + " cannot be read: " + e.getMessage());
        }
    }

    private void fromFile(Path file, String key, JsonNode value) {
        Optional<Setting> setting = setting(key);
        if (setting.isEmpty()) {
            problems.add(file + " has the unknown setting \"" + key + "\"");
        } else if (value.isContainerNode()) {
            problems.add(file + ": the setting \"" + key + "\" must be a single value");
        } else if (!value.isNull()) {
            put(setting.get(), value.asText(), "file");
        }
    }

    private static Optional<Setting> setting(String key) {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting.variable().equals(key)
                        || setting.fileKey().equals(key.toLowerCase(Locale.ROOT).replace('-', '_')))
                .findFirst();
    }

    private void fromEnvironment() {
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.variable());
            if (value != null) {
                put(setting, value, "environment");
            }
        }
    }

    private void fromFlags(List<String> flags) {
        for (int i = 0; i < flags.size(); i++) {
            String flag = flags.get(i);
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            Optional<Setting> setting = Arrays.stream(Setting.values())
                    .filter(candidate -> candidate.flag().equals(name))
                    .findFirst();
            if (setting.isEmpty()) {
                problems.add("there is no flag " + name);
            } else if (equals >= 0) {
                put(setting.get(), flag.substring(equals + 1), "flag");
            } else if (i + 1 < flags.size()) {
                put(setting.get(), flags.get(++i), "flag");
            } else {
                problems.add("the flag " + name + " needs a value");
            }
        }
    }

    private void put(Setting setting, String value, String origin) {
        values.put(setting, value.trim());
        origins.put(setting, origin);
    }

    private void checkAll() {
        for (Setting setting : Setting.values()) {
            values.putIfAbsent(setting, setting.byDefault());
            origins.putIfAbsent(setting, "default");
        }
        number(Setting.PORT, 0, 65_535);
        number(Setting.RATE_LIMIT_PER_MINUTE, 0, 1_000_000_000);
        number(Setting.RATE_LIMIT_PER_DAY, 0, 1_000_000_000);
        number(Setting.RATE_LIMIT_BURST, 0, 1_000_000_000);
        number(Setting.KEY_GUESSES_PER_MINUTE, 0, 1_000_000_000);
        number(Setting.TOOL_TIMEOUT, 1, 7 * 86_400);
        number(Setting.TOOL_MEMORY_MB, 16, 1 << 20);
        number(Setting.TOOL_DISK_MB, 1, 1 << 20);
        number(Setting.TOOL_PROCESSES, 8, 1 << 20);
        number(Setting.TOOL_OUTPUT_MB, 1, 1024);
        number(Setting.CONCURRENCY, 1, 1000);
        number(Setting.KUBERNETES_START_SECONDS, 1, 86_400);
        number(Setting.AUDIT_RETENTION_DAYS, 0, 36_500);
        number(Setting.EVENT_RETENTION_DAYS, 0, 36_500);
        number(Setting.WEBHOOK_RATE_LIMIT_PER_MINUTE, 0, 1_000_000_000);
        number(Setting.GITOPS_EVENTS_PER_MINUTE, 0, 1_000_000);
        number(Setting.TERRAFORM_TIMEOUT, 1, 7 * 86_400);
        number(Setting.TERRAFORM_MEMORY_MB, 64, 1 << 20);
        number(Setting.TERRAFORM_CONCURRENCY, 1, 1000);
        number(Setting.STATE_KEEP_VERSIONS, 0, 1_000_000_000);
        number(Setting.STATE_KEEP_DAYS, 0, 36_500);
        number(Setting.KNOWLEDGE_MEMORY_MB, 0, 1 << 20);
        List.of(
                        Setting.ALLOW_HOST_EXECUTION,
                        Setting.ALLOW_FILE_SOURCES,
                        Setting.ALLOW_INTERNAL_WEBHOOKS,
                        Setting.KNOWLEDGE_EMBEDDINGS,
                        Setting.REQUIRE_CONTAINERS,
                        Setting.TERRAFORM_NETWORK,
                        Setting.TOOL_NETWORK)
                .forEach(setting -> oneOf(setting, Set.of("true", "false")));
        oneOf(Setting.EXECUTOR, EXECUTORS);
        oneOf(Setting.LLM_PROVIDER, PROVIDERS);
        oneOf(Setting.LOG, Set.of("text", "json"));
        oneOf(Setting.LOG_LEVEL, Set.of("error", "warn", "info", "debug"));
        require(
                Setting.DATABASE_URL,
                url -> url.isEmpty() || url.startsWith("postgresql://") || url.startsWith("jdbc:postgresql://"),
                "must be a url that starts with postgresql://");
        require(
                Setting.PUBLIC_URL,
                url -> url.isEmpty() || url.startsWith("http://") || url.startsWith("https://"),
                "must start with http:// or https://");
        require(Setting.KUBERNETES_CPU, KubernetesConfig::isCpu, KubernetesConfig.CPU_RULE);
        require(Setting.HOST, host -> !host.isEmpty(), "must not be empty");
        require(
                Setting.GIT_CREDENTIALS,
                file -> file.isEmpty() || Files.isReadable(Path.of(file)),
                "must be a file that can be read");
    }

    private void number(Setting setting, int least, int most) {
        require(
                setting,
                text -> {
                    try {
                        int value = Integer.parseInt(text);
                        return value >= least && value <= most;
                    } catch (NumberFormatException e) {
                        return false;
                    }
                },
                "must be a whole number from " + least + " to " + most);
    }

    private void oneOf(Setting setting, Set<String> allowed) {
        require(
                setting,
                allowed::contains,
                "must be one of "
                        + String.join(
                                ", ",
                                allowed.stream()
                                        .filter(word -> !word.isEmpty())
                                        .sorted()
                                        .toList()));
    }

    private void require(Setting setting, Predicate<String> fine, String otherwise) {
        String value = values.getOrDefault(setting, "");
        if (!fine.test(value)) {
            problems.add(setting.variable() + " " + otherwise + (setting.isSecret() ? "" : ", got \"" + value + "\""));
        }
    }
}
