import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.contract.ApiDescription;
import ai.kubiya.server.contract.ContractCheck;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.EmbeddedDatabase;
import ai.kubiya.server.http.Admission;
import ai.kubiya.server.http.ClientAddress;
import ai.kubiya.server.http.FieldProblem;
import ai.kubiya.server.http.Handler;
import ai.kubiya.server.http.HttpServer;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Replays;
import ai.kubiya.server.http.RequestCheck;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.key.KeyAuthenticator;
import ai.kubiya.server.key.KeyUse;
import ai.kubiya.server.key.OperatorKeys;
import ai.kubiya.server.limit.LimitSettings;
import ai.kubiya.server.limit.RequestLimits;
import ai.kubiya.server.user.IdentityChanges;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * What it costs that a request is authenticated, counted and held against the description: the same handlers behind none
 * of these gates, behind the first, the first two, and all three, on servers of one process that are asked in turn, so that
 * all meet the same machine. Below, each gate alone, without HTTP.
 *
 * <p>usage, after ./kubiya build: java -cp 'server/target/kubiya-server.jar:server/target/lib/*' benchmarks/Gates.java
 */
final class Gates {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final LimitSettings LIMITS = new LimitSettings(1_000_000_000, 1_000_000_000, 0, 10);
    private static final int ROUNDS = 60;
    private static final int CALLS = 400;

    /** An agent as clients send it, and an answer of the size that agents have. */
    private static final String AGENT = """
            {"name": "helper", "description": "Answers questions about the cluster", "instruction_type": "tools",
             "ai_instructions": "Look before you answer. Never delete anything.", "llm_model": "gpt-4.1", "runners": ["local"],
             "sources": ["01a20be6-da55-71a9-a4ed-159e81a00815"], "tools": ["count", "greet"], "integrations": [],
             "secrets": ["GH_TOKEN"], "environment_variables": {"CLUSTER": "staging"}, "allowed_users": [],
             "allowed_groups": [], "starters": [{"display_name": "Failing pods", "command": "Which pods are failing?"}],
             "tags": ["kubernetes"], "is_debug_mode": false, "managed_by": "terraform", "task_id": "t-1"}
            """;

    /** One kind of request. */
    private record Question(String name, String head, String body) {
        byte[] bytes(String key) {
            return (head + " HTTP/1.1\r\nHost: x\r\nAuthorization: UserKey " + key
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question("GET one", "GET /v1/agents/helper", ""),
            new Question("GET list", "GET /v1/agents?limit=50&offset=100", ""),
            new Question("POST", "POST /v1/agents", AGENT));

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Path folder = Files.createTempDirectory("gates-");
        try (EmbeddedDatabase postgres = EmbeddedDatabase.start(folder);
                Database database = new Database(postgres.address(), 24).migrate();
                KeyUse use = new KeyUse(database);
                RequestLimits limits = new RequestLimits(database, LIMITS, "one", false, _ -> {}, CLOCK)) {
            String key = new OperatorKeys(database, CLOCK, new SecureRandom()).firstStart().orElseThrow();
            KeyAuthenticator keys =
                    new KeyAuthenticator(database, new IdentityChanges(database, false), () -> true, use, CLOCK);
            ContractCheck check = new ContractCheck(new ApiDescription(""));
            Map<String, HttpServer> servers = new LinkedHashMap<>();
            servers.put("none", server(true, gates(keys, new NoLimits(), new NoCheck())));
            servers.put("authentication", server(false, gates(keys, new NoLimits(), new NoCheck())));
            servers.put("and limits", server(false, gates(keys, limits, new NoCheck())));
            servers.put("and validation", server(false, gates(keys, limits, check)));
            try {
                for (int run = 1; run <= 2; run++) {
                    System.out.println("run " + run + ": " + ROUNDS * CALLS + " requests each, one after the other, in us");
                    for (Question question : QUESTIONS) {
                        overHttp(question, key, servers);
                    }
                }
            } finally {
                servers.values().forEach(HttpServer::close);
            }
            alone(key, keys, limits, check);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static ai.kubiya.server.http.Gates gates(KeyAuthenticator keys, Admission admission, RequestCheck check) {
        return new ai.kubiya.server.http.Gates(keys, admission, check, new NoReplays(), (_, _, _, _, _) -> {});
    }

    private static HttpServer server(boolean open, ai.kubiya.server.http.Gates gates) {
        JsonNode answer = Json.parse(AGENT);
        Handler read = _ -> Response.json(200, Map.of("ETag", "\"1\""), answer);
        Handler write = request -> Response.json(201, Map.of("X-Fields", "" + request.jsonObject().size()), answer);
        Router router = new Router();
        if (open) {
            router.open("GET", "/v1/agents/{agent}", read)
                    .open("GET", "/v1/agents", read)
                    .open("POST", "/v1/agents", write);
        } else {
            router.get("/v1/agents/{agent}", Scope.AGENTS_READ, read)
                    .get("/v1/agents", Scope.AGENTS_READ, read)
                    .post("/v1/agents", Scope.AGENTS_WRITE, write);
        }
        return new HttpServer("127.0.0.1", 0, ClientAddress.behind(""), router, gates, (_, _, _, _) -> {}).start();
    }

    /** Servers take turns; the first quarter of the rounds warms them up. */
    private static void overHttp(Question question, String key, Map<String, HttpServer> servers) throws IOException {
        byte[] bytes = question.bytes(key);
        Map<String, List<Long>> took = new LinkedHashMap<>();
        Map<String, Connection> connections = new LinkedHashMap<>();
        for (var server : servers.entrySet()) {
            connections.put(server.getKey(), new Connection(server.getValue().port()));
            took.put(server.getKey(), new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS + ROUNDS / 4; round++) {
            for (var connection : connections.entrySet()) {
                for (int call = 0; call < CALLS; call++) {
                    long begin = System.nanoTime();
                    connection.getValue().ask(bytes);
                    if (round >= ROUNDS / 4) {
                        took.get(connection.getKey()).add(System.nanoTime() - begin);
                    }
                }
            }
        }
        double bare = 0;
        for (var values : took.entrySet()) {
            long[] sorted = values.getValue().stream().mapToLong(Long::longValue).sorted().toArray();
            double median = sorted[sorted.length / 2] / 1e3;
            bare = bare == 0 ? median : bare;
            System.out.printf(
                    "  %-9s %-15s p50 %6.1f  p90 %6.1f  p50 is %.2f of that without%n",
                    question.name(), values.getKey(), median, sorted[sorted.length * 9 / 10] / 1e3, median / bare);
            connections.get(values.getKey()).close();
        }
    }

    private static void alone(String key, KeyAuthenticator keys, RequestLimits limits, ContractCheck check) {
        Origin origin = new Origin("r", "127.0.0.1");
        Caller caller = keys.authenticate(key, origin).orElseThrow();
        JsonNode agent = Json.parse(AGENT);
        Map<String, List<String>> none = Map.of();
        Map<String, List<String>> page = Map.of("limit", List.of("50"), "offset", List.of("100"));
        System.out.println("without HTTP, median of one call in us");
        alone("authentication", () -> keys.authenticate(key, origin).orElseThrow());
        alone("limits", () -> limits.admit(caller));
        alone("validation, GET one", () -> check.problems("GET", "/v1/agents/{agent}", none, null));
        alone("validation, GET list", () -> check.problems("GET", "/v1/agents", page, null));
        alone("validation, POST", () -> check.problems("POST", "/v1/agents", none, agent));
    }

    /** In batches, because the clock is too coarse for one call. */
    private static void alone(String what, Runnable call) {
        double[] batches = new double[400];
        for (int round = 0; round < 2; round++) {
            for (int batch = 0; batch < batches.length; batch++) {
                long begin = System.nanoTime();
                for (int i = 0; i < 100; i++) {
                    call.run();
                }
                batches[batch] = (System.nanoTime() - begin) / 1e5;
            }
        }
        Arrays.sort(batches);
        System.out.printf("  %-22s %6.2f%n", what, batches[batches.length / 2]);
    }

    /** A connection that is kept; answers have a Content-Length. */
    private static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final byte[] buffer = new byte[64 << 10];

        Connection(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
        }

        void ask(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            int have = 0;
            int end = -1;
            while (end < 0 || have < end) {
                int got = in.read(buffer, have, buffer.length - have);
                if (got < 0) {
                    throw new IOException("the server hung up");
                }
                have += got;
                end = end < 0 ? end(have) : end;
            }
            if (buffer[9] != '2') {
                throw new IllegalStateException(new String(buffer, 0, have, StandardCharsets.UTF_8));
            }
        }

        /** Where the answer ends; -1 while its head is not there. */
        private int end(int have) {
            for (int i = 3; i < have; i++) {
                if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
                    String head = new String(buffer, 0, i, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
                    int length = head.indexOf("content-length: ") + 16;
                    return i + 1 + Integer.parseInt(head.substring(length, head.indexOf('\r', length)));
                }
            }
            return -1;
        }

        void close() throws IOException {
            socket.close();
        }
    }

    private static final class NoLimits implements Admission {
        @Override
        public Map<String, String> admit(Caller caller) {
            return Map.of();
        }

        @Override
        public void beforeKey(String address, String key) {}

        @Override
        public void wrongKey(String address, String key) {}

        @Override
        public void goodKey(String key) {}
    }

    private static final class NoCheck implements RequestCheck {
        @Override
        public boolean describesBody(String method, String pattern) {
            return false;
        }

        @Override
        public List<FieldProblem> problems(
                String method, String pattern, Map<String, List<String>> query, JsonNode body) {
            return List.of();
        }
    }

    private static final class NoReplays implements Replays {
        @Override
        public Optional<Answer> claim(Caller caller, String key, byte[] fingerprint) {
            return Optional.empty();
        }

        @Override
        public void keep(Caller caller, String key, Answer answer) {}

        @Override
        public void release(Caller caller, String key) {}
    }
}
