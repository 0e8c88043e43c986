package ai.kubiya.server;

import ai.kubiya.server.config.InvalidSettings;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.config.SettingsReader;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import ai.kubiya.server.db.EmbeddedDatabase;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.key.OperatorKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * The server's commands. Exit codes: 0 = done, 1 = failed, 2 = wrong use or settings.
 */
public final class Main {
    private static final String USAGE = """
            usage: kubiya COMMAND [--setting value ...]

              up        start the server and keep it running
              config    show the effective settings; secrets are masked
              new-key   make another admin key [--organization NAME]
              new-organization NAME [--email ADDRESS]
                        make an organisation with its first administrator, and print that user's key
              rotate-master-key
                        put everything that is encrypted under a new master key; docs/operations.md says how
              forget-lost-key
                        give up what was encrypted under a master key that is lost
              version   show the version

            new-key and new-organization work beside a running server when KUBIYA_DATABASE_URL names the database;
            with the embedded database, stop the server first.

            Every setting is an environment variable KUBIYA_X, a flag --x and a line in ~/.kubiya/server.yaml.
            """;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.length == 0) {
            err.print(USAGE);
            return 2;
        }
        List<String> flags = Arrays.asList(arguments).subList(1, arguments.length);
        try {
            return switch (arguments[0]) {
                case "up" -> up(settings(environment, flags), out);
                case "rehearse" -> Rehearsal.run(settings(environment, flags));
                case "config" -> config(settings(environment, flags), out);
                case "new-key" -> newKey(environment, flags, out);
                case "new-organization" -> newOrganization(environment, flags, out);
                case "rotate-master-key" -> MasterKeyCommands.rotate(settings(environment, flags), out);
                case "forget-lost-key" -> MasterKeyCommands.forgetLost(settings(environment, flags), out);
                case "version", "--version" -> {
                    out.println("kubiya " + Server.version());
                    yield 0;
                }
                case "help", "--help", "-h" -> {
                    out.print(USAGE);
                    yield 0;
                }
                default -> {
                    err.println("kubiya: there is no command \"" + arguments[0] + "\"");
                    err.print(USAGE);
                    yield 2;
                }
            };
        } catch (InvalidSettings e) {
            err.println("kubiya: the settings are not right:");
            e.problems().forEach(problem -> err.println("  - " + problem));
            return 2;
        } catch (IOException e) {
            err.println("kubiya: " + e.getMessage());
            return 1;
        }
    }

    private static Settings settings(Map<String, String> environment, List<String> flags) {
        Settings settings = new SettingsReader(environment).read(flags);
        Logging.configure(settings.text(Setting.LOG), settings.text(Setting.LOG_LEVEL));
        return settings;
    }

    private static int up(Settings settings, PrintStream out) throws IOException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    stop.countDown();
                    try {
                        stopped.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "shutdown");
        try (Server server = started(settings)) {
            Runtime.getRuntime().addShutdownHook(hook);
            server.firstKey().ifPresent(key -> {
                out.println("This is the first start. Keep this admin key, it is shown only once:");
                out.println(key);
            });
            out.println("kubiya is up at http://" + settings.host() + ":" + server.port());
            out.flush();
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static Server started(Settings settings) throws IOException {
        try {
            return new Server(settings, Clock.systemUTC());
        } catch (java.io.UncheckedIOException e) {
            if (e.getCause() instanceof java.net.BindException) {
                throw new IOException(
                        "port " + settings.text(Setting.PORT) + " of " + settings.host()
                                + " is taken; choose another with KUBIYA_PORT",
                        e);
            }
            throw e;
        }
    }

    private static int config(Settings settings, PrintStream out) {
        for (Setting setting : Setting.values()) {
            String value = settings.text(setting);
            String shown = setting.isSecret() && !value.isEmpty() ? "********" : value;
            String origin = settings.origins().getOrDefault(setting, "default");
            out.printf("%-32s %-28s # %s; %s%n", setting.variable(), shown, origin, setting.description());
        }
        return 0;
    }

    private static int newKey(Map<String, String> environment, List<String> flags, PrintStream out) throws IOException {
        OperatorArguments arguments = OperatorArguments.of(flags, "--organization");
        if (!arguments.words().isEmpty()) {
            throw new InvalidSettings(List.of("new-key takes flags only, got " + arguments.words()));
        }
        String organization = arguments.flag("--organization").orElse("");
        Optional<String> key = withKeys(
                settings(environment, arguments.rest()), keys -> keys.newAdminKey(organization, "made on the server"));
        out.println(key.orElseThrow(() -> new IOException(
                organization.isEmpty()
                        ? "there is no user yet; the first \"kubiya up\" makes one and prints its key"
                        : "there is no organisation called \"" + organization + "\"")));
        return 0;
    }

    private static int newOrganization(Map<String, String> environment, List<String> flags, PrintStream out)
            throws IOException {
        OperatorArguments arguments = OperatorArguments.of(flags, "--email");
        if (arguments.words().size() != 1) {
            throw new InvalidSettings(List.of("new-organization takes one name, got " + arguments.words()));
        }
        String email = arguments.flag("--email").orElse(OperatorKeys.DEFAULT_EMAIL);
        String key = withKeys(
                settings(environment, arguments.rest()),
                keys -> keys.newOrganization(arguments.words().getFirst(), email));
        out.println(key);
        return 0;
    }

    /** The embedded database has room for one process at a time; a database of its own for any number. */
    private static <T> T withKeys(Settings settings, Function<OperatorKeys, T> work) throws IOException {
        try (Closing closing = new Closing()) {
            DatabaseAddress address;
            if (settings.text(Setting.DATABASE_URL).isEmpty()) {
                closing.add(DataDirectory.open(settings.data()));
                address = closing.add(EmbeddedDatabase.start(settings.data())).address();
            } else {
                address = DatabaseAddress.of(settings.text(Setting.DATABASE_URL));
            }
            Database database = closing.add(new Database(address, 2)).migrate();
            return work.apply(new OperatorKeys(database, Clock.systemUTC(), new SecureRandom()));
        } catch (ApiException e) {
            throw new IOException(e.details(), e);
        }
    }
}
