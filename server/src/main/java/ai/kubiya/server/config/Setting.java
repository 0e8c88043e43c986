package ai.kubiya.server.config;

import java.util.Locale;

/**
 * Every setting: environment variable {@code KUBIYA_X}, flag {@code --x}, key {@code KUBIYA_X} or {@code x} in the
 * settings file.
 */
public enum Setting {
    HOST("127.0.0.1", "Address to listen on."),
    PORT("8080", "Port to listen on; 0 = any free one."),
    DATA("~/.kubiya/data", "Directory of the embedded database, checkouts and volumes."),
    PUBLIC_URL("", "What urls handed out start with; empty = http://HOST:PORT."),
    DATABASE_URL("", "A PostgreSQL url (postgresql://user:password@host/db); empty = embedded.", true),
    MASTER_KEY("", "32 random bytes in base64 that kept keys are encrypted with; empty = the file master-key.", true),
    MASTER_KEY_PREVIOUS("", "Master keys before that one, comma separated, until rotate-master-key has run.", true),
    RATE_LIMIT_PER_MINUTE("100", "Requests of a key in a minute, unless the key says otherwise; 0 = any number."),
    RATE_LIMIT_PER_DAY("5000", "Requests of a key in a day of UTC, unless the key says otherwise; 0 = any number."),
    RATE_LIMIT_BURST("0", "Requests of a key in ten seconds; 0 = any number."),
    KEY_GUESSES_PER_MINUTE("10", "Wrong keys from one address in a minute; 0 = any number."),
    TRUSTED_PROXIES("", "Comma separated addresses and blocks (10.0.0.0/8) whose X-Forwarded-For is believed."),
    LLM_PROVIDER("", "openai, anthropic or ollama."),
    LLM_BASE_URL("", "Url of the model endpoint; empty = the provider's own."),
    LLM_API_KEY("", "Key for the model endpoint. OPENAI_API_KEY and ANTHROPIC_API_KEY are understood.", true),
    LLM_MODELS("", "Comma separated model names; the first is the default."),
    EXECUTOR("auto", "auto, docker, podman, sandbox, host or kubernetes."),
    KUBERNETES_CONTEXT("", "Context of the kubeconfig; empty = its current one, or the cluster that the server is in."),
    KUBERNETES_NAMESPACE("", "Namespace of Jobs; empty = the pod's or the kubeconfig's own."),
    KUBERNETES_SERVICE_ACCOUNT("", "Service account of Jobs, whose token tools get; empty = none."),
    KUBERNETES_PULL_SECRETS("", "Secrets for pulling tools' images, space separated."),
    KUBERNETES_IMAGE("python:3-slim", "Image of Jobs for tools that name none."),
    KUBERNETES_CPU("", "Processors that a Job may use at most, such as 2 or 500m; empty = no limit."),
    KUBERNETES_STORAGE_CLASS("", "Storage class of tools' volumes; empty = the cluster's default."),
    KUBERNETES_START_SECONDS("600", "Seconds until a Job must have begun: nodes, images and services take time."),
    ENGINE_ARGUMENTS("", "Extra arguments for the container engine's command line, space separated."),
    REQUIRE_CONTAINERS("false", "Refuse tools with an image where no container engine answers."),
    ALLOW_HOST_EXECUTION("false", "Allow tools to run as bare processes of the server's user."),
    ALLOW_FILE_SOURCES("false", "Allow git sources by file:// and local paths."),
    ALLOW_INTERNAL_WEBHOOKS("false", "Allow source and delivery urls on loopback and private addresses."),
    TOOL_NETWORK("false", "Give sandboxed tools the host's network even when they do not ask for it."),
    TOOL_TIMEOUT("300", "Seconds a tool may run unless it says otherwise."),
    TOOL_MEMORY_MB("1024", "Memory one run may use."),
    TOOL_DISK_MB("1024", "Disk one run may fill."),
    TOOL_PROCESSES("256", "Processes and threads one run may have at a time."),
    TOOL_OUTPUT_MB("16", "Output kept of one run."),
    CONCURRENCY("16", "Tool runs at the same time on the embedded runner."),
    RUNNER_PATIENCE("300", "Seconds a remote runner may be out of reach before its runs are given up."),
    RUNNER_IMAGE("kubiya-runner:latest", "Container image of the runner in manifests and Helm values."),
    GIT_CREDENTIALS("", "A file in git's credential-store format for private https sources."),
    GIT_SSH_KEYS("", "A directory with ssh keys and known_hosts for private ssh sources; empty = ~/.ssh."),
    AUDIT_RETENTION_DAYS("365", "Days that audit items are kept; 0 = for ever."),
    EVENT_RETENTION_DAYS("30", "Days that events are kept, delivered and received ones too; 0 = for ever."),
    WEBHOOK_RATE_LIMIT_PER_MINUTE(
            "1000", "Events that a webhook takes in a minute, unless it says otherwise; 0 = any number."),
    GITOPS_EVENTS_PER_MINUTE("120", "Events that a git hook takes in a minute; 0 = any number."),
    TERRAFORM("", "The terraform or tofu program; empty = terraform, then tofu, on the PATH."),
    TERRAFORM_PLUGIN_DIR("", "A directory with providers in the layout of Terraform's file system mirror."),
    TERRAFORM_NETWORK("true", "Give Terraform, its providers and its provisioners the host's network."),
    TERRAFORM_TIMEOUT("3600", "Seconds that one plan or apply may take."),
    TERRAFORM_MEMORY_MB("4096", "Memory that one plan or apply may use, providers included."),
    TERRAFORM_CONCURRENCY("4", "Plans and applies at the same time on the embedded runner."),
    STATE_KEEP_VERSIONS(
            "0", "Versions of a project's Terraform state that are kept, the newest; 0 = this is no bound."),
    STATE_KEEP_DAYS(
            "0", "Days that versions of Terraform states are kept; 0 = this is no bound, see STATE_KEEP_VERSIONS."),
    KNOWLEDGE_EMBEDDINGS("true", "Find knowledge by its meaning too, with a model that runs in the server."),
    KNOWLEDGE_MEMORY_MB(
            "128", "Memory for vectors of knowledge, 400 bytes a passage; 0 = none, which asks for pgvector."),
    LOG("text", "text or json."),
    LOG_LEVEL("info", "error, warn, info or debug.");

    private final String byDefault;
    private final String description;
    private final boolean secret;

    Setting(String byDefault, String description) {
        this(byDefault, description, false);
    }

    Setting(String byDefault, String description, boolean secret) {
        this.byDefault = byDefault;
        this.description = description;
        this.secret = secret;
    }

    public String variable() {
        return "KUBIYA_" + name();
    }

    public String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String fileKey() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String byDefault() {
        return byDefault;
    }

    public String description() {
        return description;
    }

    /** Whether the value is never shown. */
    public boolean isSecret() {
        return secret;
    }
}
