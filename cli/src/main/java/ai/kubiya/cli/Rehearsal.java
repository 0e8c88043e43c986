package ai.kubiya.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;

/**
 * Runs common commands against an answer that is made up: the run from which the JDK learns which classes a start needs. Not
 * for people.
 */
final class Rehearsal {
    private static final String ANSWER = """
            {"data": [{"id": "1", "name": "one", "description": "1", "tools": ["a"], "updated_at": "2026-01-01T00:00:00Z"}],
             "pagination": {"total": 1, "limit": 50, "offset": 0}}""";

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> answerAll(server));
            Map<String, String> environment = Map.of(
                    "KUBIYA_BASE_URL", "http://127.0.0.1:" + server.getLocalPort(), "KUBIYA_API_KEY", "rehearsal");
            for (List<String> command : List.of(
                    List.of("--version"),
                    List.of("agent", "list", "-o", "json"),
                    List.of("agent", "list"),
                    List.of("agent", "get", "one"))) {
                Main.run(
                        environment,
                        InputStream.nullInputStream(),
                        new PrintWriter(OutputStream.nullOutputStream(), false, UTF_8),
                        new PrintWriter(OutputStream.nullOutputStream(), false, UTF_8),
                        command.toArray(String[]::new));
            }
        }
    }

    private static void answerAll(ServerSocket server) {
        byte[] answer = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length()
                        + "\r\nConnection: close\r\n\r\n" + ANSWER)
                .getBytes(ISO_8859_1);
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
                    OutputStream out = client.getOutputStream()) {
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                out.write(answer);
            } catch (IOException e) {
                // The server is closed at the end; what else fails, fails the command that asked.
            }
        }
    }
}
