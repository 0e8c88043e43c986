package ai.kubiya.server;

import ai.kubiya.protocol.RunLimits;
import ai.kubiya.runner.executor.Choice;
import ai.kubiya.runner.executor.ExecutorConfig;
import ai.kubiya.runner.kubernetes.KubernetesConfig;
import ai.kubiya.runner.kubernetes.KubernetesExecutor;
import ai.kubiya.server.config.InvalidSettings;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.http.ClientAddress;
import ai.kubiya.server.limit.LimitSettings;
import ai.kubiya.server.model.ModelSettings;
import ai.kubiya.server.tool.run.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What features are configured with, read from the settings. */
final class FromSettings {
    private FromSettings() {}

    /** What urls handed out start with. */
    static String publicUrl(Settings settings, int port) {
        String url = settings.text(Setting.PUBLIC_URL).replaceFirst("/+$", "");
        return url.isEmpty() ? "http://" + settings.host() + ":" + port : url;
    }

    static @Nullable ModelSettings models(Settings settings) {
        ModelSettings.Reading reading = ModelSettings.read(settings.forModels());
        if (!reading.problems().isEmpty()) {
            throw new InvalidSettings(reading.problems());
        }
        return reading.settings();
    }

    static LimitSettings limits(Settings settings) {
        return new LimitSettings(
                settings.number(Setting.RATE_LIMIT_PER_MINUTE),
                settings.number(Setting.RATE_LIMIT_PER_DAY),
                settings.number(Setting.RATE_LIMIT_BURST),
                settings.number(Setting.KEY_GUESSES_PER_MINUTE));
    }

    static ClientAddress clientAddress(Settings settings) {
        try {
            return ClientAddress.behind(settings.text(Setting.TRUSTED_PROXIES));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettings(List.of(Setting.TRUSTED_PROXIES.variable() + " " + e.getMessage()));
        }
    }

    static ExecutorConfig executors(Settings settings, String node) {
        return ExecutorConfig.of(settings.data().resolve("runner"))
                .withChoice(Choice.parse(settings.text(Setting.EXECUTOR)))
                .withAllowHost(settings.flag(Setting.ALLOW_HOST_EXECUTION))
                .withNode(node)
                .withEngineArguments(settings.words(Setting.ENGINE_ARGUMENTS))
                .withCluster(KubernetesExecutor.of(jobs(settings)))
                .withHidden(List.of(settings.data()));
    }

    private static KubernetesConfig jobs(Settings settings) {
        return new KubernetesConfig(
                settings.text(Setting.KUBERNETES_CONTEXT),
                settings.text(Setting.KUBERNETES_NAMESPACE),
                settings.text(Setting.KUBERNETES_SERVICE_ACCOUNT),
                settings.words(Setting.KUBERNETES_PULL_SECRETS),
                settings.text(Setting.KUBERNETES_IMAGE),
                settings.text(Setting.KUBERNETES_CPU),
                settings.text(Setting.KUBERNETES_STORAGE_CLASS),
                Duration.ofSeconds(settings.number(Setting.KUBERNETES_START_SECONDS)));
    }

    static RunSettings runs(Settings settings) {
        RunLimits limits = new RunLimits(
                Duration.ofSeconds(settings.number(Setting.TOOL_TIMEOUT)),
                (long) settings.number(Setting.TOOL_MEMORY_MB) << 20,
                settings.number(Setting.TOOL_PROCESSES),
                (long) settings.number(Setting.TOOL_DISK_MB) << 20,
                (long) settings.number(Setting.TOOL_OUTPUT_MB) << 20);
        return new RunSettings(limits, settings.flag(Setting.TOOL_NETWORK), settings.flag(Setting.REQUIRE_CONTAINERS));
    }

    static @Nullable Path path(Settings settings, Setting setting) {
        return settings.text(setting).isEmpty() ? null : Path.of(settings.text(setting));
    }

    static boolean isPublicOverTls(Settings settings) {
        return settings.text(Setting.PUBLIC_URL).startsWith("https://");
    }
}
