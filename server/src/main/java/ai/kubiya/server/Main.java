package ai.kubiya.server;

import ai.kubiya.server.config.InvalidSettings;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.config.Settings;
import ai.kubiya.server.config.SettingsReader;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.DatabaseAddress;
import ai.kubiya.server.db.EmbeddedDatabase;
import ai.kubiya.server.key.ApiKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The server's commands. Exit codes: 0 = done, 1 = failed, 2 = wrong use or settings.
 */
public final class Main {
    private static final String USAGE = """
            usage: kubiya COMMAND [--setting value ...]

              up        start the server and keep it running
              config    show the effective settings; secrets are masked
              new-key   make another admin key (stop a server on the same data directory first)
              rotate-master-key
                        put everything that is encrypted under a new master key; docs/operations.md says how
              forget-lost-key
                        give up what was encrypted under a master key that is lost
              version   show the version

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
                case "new-key" -> newKey(settings(environment, flags), out, err);
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

    private static int newKey(Settings settings, PrintStream out, PrintStream err) throws IOException {
        try (Closing closing = new Closing()) {
            closing.add(DataDirectory.open(settings.data()));
            DatabaseAddress address = settings.text(Setting.DATABASE_URL).isEmpty()
                    ? closing.add(EmbeddedDatabase.start(settings.data())).address()
                    : DatabaseAddress.of(settings.text(Setting.DATABASE_URL));
            Database database = closing.add(new Database(address, 2)).migrate();
            Optional<String> key =
                    new ApiKeys(database, Clock.systemUTC(), new SecureRandom()).newAdminKey("made on the server");
            if (key.isEmpty()) {
                err.println("kubiya: there is no user yet; the first \"kubiya up\" makes one and prints its key");
                return 1;
            }
            out.println(key.get());
            return 0;
        }
    }
}
