package ai.kubiya.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL that is installed on this machine and has the extension pgvector, as operators bring their own. */
final class PgvectorPostgres {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final Path SHARED = Path.of("/usr/share/postgresql");

    private PgvectorPostgres() {}

    /** Starts one that ends with this process; answers its port. The user postgres needs no password. */
    static int start() {
        Path home = Folders.make("kubiya-pgvector-");
        Path bin = INSTALLED.resolve(version()).resolve("bin");
        Path data = home.resolve("data");
        Path log = home.resolve("log");
        try {
            Process initdb = run(
                    log, bin.resolve("initdb"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "-D", data.toString());
            if (initdb.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(log));
            }
            int port = freePort();
            Process postgres = run(
                    log,
                    bin.resolve("postgres"),
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "max_connections=200",
                    "-c",
                    "fsync=off");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, home)));
            Eventually.see(() -> answers(port) || !postgres.isAlive(), over -> over);
            if (!postgres.isAlive()) {
                throw new IllegalStateException(Files.readString(log));
            }
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String version() {
        try (var versions = Files.list(SHARED)) {
            return versions.filter(version -> Files.exists(version.resolve("extension/vector.control")))
                    .map(version -> version.getFileName().toString())
                    .max((one, other) -> Integer.compare(Integer.parseInt(one), Integer.parseInt(other)))
                    .orElseThrow();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "this test needs a PostgreSQL with pgvector under " + INSTALLED + ": .ci/pgvector installs it", e);
        }
    }

    private static Process run(Path log, Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL does not run as root; in there, nobody is.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Connection connection =
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void stop(Process postgres, Path home) {
        postgres.destroyForcibly().onExit().join();
        Folders.delete(home);
    }
}
