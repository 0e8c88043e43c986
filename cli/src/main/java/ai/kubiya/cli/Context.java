package ai.kubiya.cli;

import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of all commands, and what follows from them. */
final class Context {
    private final Settings settings;
    private final InputStream in;

    @Nullable
    private Api api;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            scope = ScopeType.INHERIT,
            description = "The key, without UserKey. Better: KUBIYA_API_KEY, or \"kubiya auth login\".")
    @Nullable
    private String key;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server. Also KUBIYA_BASE_URL; default http://127.0.0.1:8080.")
    @Nullable
    private String url;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "table",
            description = "table, json or yaml.")
    private Output.Format format = Output.Format.table;

    Context(Map<String, String> environment, InputStream in) {
        this.settings = new Settings(environment);
        this.in = in;
    }

    Settings settings() {
        return settings;
    }

    InputStream in() {
        return in;
    }

    Settings.Found key() {
        return settings.key(key);
    }

    Settings.Found url() {
        return settings.url(url);
    }

    String address() {
        String value = url().value();
        return value == null ? "" : value;
    }

    Api api() {
        String found = key().value();
        if (found == null) {
            throw new Failure(
                    ExitCode.NOT_ALLOWED, "There is no API key. Run \"kubiya auth login\", or set KUBIYA_API_KEY.");
        }
        return api(found);
    }

    /** The way to the server; a command has one key. */
    Api api(String plain) {
        if (api == null) {
            api = new Api(address(), plain);
        }
        return api;
    }

    /** Nothing more is asked of any server. */
    void close() {
        if (api != null) {
            api.close();
        }
    }

    Output output(CommandSpec spec) {
        return new Output(spec.commandLine().getOut(), format);
    }
}
