package ai.kubiya.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signing in, and what is set. */
final class AuthCommands {
    private AuthCommands() {}

    /** {@code kubiya auth}. */
    @Command(name = "auth", description = "Sign in and out.", mixinStandardHelpOptions = true)
    static final class Auth {
        private final Context context;

        @Spec
        private @Nullable CommandSpec spec;

        Auth(Context context) {
            this.context = context;
        }

        @Command(description = "Check a key and keep it in ~/.kubiya/config.yaml.", mixinStandardHelpOptions = true)
        void login() {
            String key = context.key().from().equals("flag") ? context.key().value() : ask();
            if (key == null || key.isBlank()) {
                throw new Failure(ExitCode.USAGE, "No key was given.");
            }
            String plain = key.strip().replaceFirst("(?i)^UserKey\\s+", "");
            var me = context.api(plain).get("/v1/auth/me");
            context.settings().write(context.address(), plain);
            out("Signed in to " + context.address() + " as "
                    + me.path("user").path("email").asText() + " of "
                    + me.path("organization").path("name").asText() + ".");
        }

        @Command(description = "Forget the kept key.", mixinStandardHelpOptions = true)
        void logout() {
            context.settings().forget();
            out("The key is forgotten here. It is good until it is revoked: kubiya key delete ID.");
        }

        @Command(description = "Show who the key is.", mixinStandardHelpOptions = true)
        void whoami() {
            if (spec != null) {
                context.output(spec).one(context.api().get("/v1/auth/me"));
            }
        }

        @SuppressWarnings(
                "SystemConsoleNull") // without a terminal it still is null where the JDK has no console of its own
        private @Nullable String ask() {
            Console console = System.console();
            if (console != null && console.isTerminal()) {
                char[] typed = console.readPassword("API key: ");
                return typed == null ? null : new String(typed);
            }
            try {
                // Not closed: it is not ours.
                return new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
            } catch (IOException e) {
                throw new Failure(ExitCode.USAGE, "The key cannot be read: " + e.getMessage());
            }
        }

        private void out(String line) {
            if (spec != null) {
                spec.commandLine().getOut().println(line);
            }
        }
    }

    /** {@code kubiya config}. */
    @Command(name = "config", description = "Show what is set.", mixinStandardHelpOptions = true)
    static final class Config {
        private final Context context;

        @Spec
        private @Nullable CommandSpec spec;

        Config(Context context) {
            this.context = context;
        }

        @Command(description = "Show the server and the key, and where they are from.", mixinStandardHelpOptions = true)
        void view(@Option(names = "--show-key", description = "The whole key.") boolean show) {
            if (spec == null) {
                return;
            }
            String key = context.key().value();
            ObjectNode view = new ObjectMapper().createObjectNode();
            view.put("base_url", context.address());
            view.put("base_url_from", context.url().from());
            view.put("api_key", key == null ? "" : show ? key : key.substring(0, Math.min(8, key.length())) + "…");
            view.put("api_key_from", key == null ? "nowhere" : context.key().from());
            view.put("file", context.settings().file().toString());
            context.output(spec).one(view);
        }
    }
}
