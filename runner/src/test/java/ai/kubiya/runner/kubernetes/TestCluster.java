package ai.kubiya.runner.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A cluster of one node. Objects are kept by fabric8's API server mock; in front of it stands what a mock lacks: a
 * controller that makes a Job's pod and collects what belongs to objects that are gone, logs that are streamed and may
 * break, refusals. The node is a {@link TestNode}.
 */
final class TestCluster implements AutoCloseable {
    static final String NAMESPACE = "tools";
    /** It tells of every request otherwise. Kept, because nobody else keeps such loggers. */
    private static final Logger QUIET = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer api = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final HttpServer front;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();
    final KubernetesClient client;
    final TestNode node;
    private volatile Consumer<Pod> placement;

    private volatile String whyNoPods = "";
    private volatile boolean old;

    private record Refusal(Predicate<String> request, int code, String message) {}

    TestCluster(Path folder) throws IOException {
        QUIET.setLevel(Level.WARNING);
        api.init(InetAddress.getLoopbackAddress(), 0);
        client = api.createClient();
        node = new TestNode(client, folder);
        placement = node::run;
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        front.createContext("/", this::answer);
        front.start();
    }

    /** How a client reaches it. */
    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + front.getAddress().getPort() + "/")
                .withNamespace(NAMESPACE)
                .build();
    }

    /** What becomes of pods, instead of being run. */
    void place(Consumer<Pod> otherwise) {
        placement = otherwise;
    }

    /** Answers requests such as {@code POST jobs} with a failure from now on. */
    void refuse(String request, int code, String message) {
        String[] words = request.split(" ");
        refusals.add(new Refusal(
                line -> line.startsWith(words[0] + " ") && line.matches(".*/" + words[1] + "(/|\\?|$).*"),
                code,
                message));
    }

    /** Makes no pods any more, and says in an event why. */
    void makeNoPods(String why) {
        whyNoPods = why;
    }

    /** Drops what clusters before 1.29 do not know. */
    void beOld() {
        old = true;
    }

    /** All is well again. */
    void recover() {
        refusals.clear();
        whyNoPods = "";
        old = false;
        placement = node::run;
    }

    /** All that was sent to be stored, as text, the Secrets excepted. */
    String writtenOpenly() {
        return String.join("\n", written);
    }

    /** What is left of runs. */
    List<String> leftovers() {
        return List.of(
                        client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems(),
                        client.pods().inNamespace(NAMESPACE).list().getItems(),
                        client.secrets().inNamespace(NAMESPACE).list().getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(NAMESPACE)
                                .list()
                                .getItems())
                .stream()
                .flatMap(List::stream)
                .map(left -> left.getKind() + " " + left.getMetadata().getName())
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String line = exchange.getRequestMethod() + " " + path;
        byte[] body = exchange.getRequestBody().readAllBytes();
        Optional<Refusal> refusal =
                refusals.stream().filter(one -> one.request().test(line)).findFirst();
        if (refusal.isPresent()) {
            send(exchange, refusal.get().code(), status(refusal.get()));
        } else if (path.contains("/events?")) {
            send(exchange, 200, events());
        } else if (path.contains("/log?")) {
            node.log(exchange);
        } else {
            forward(exchange, path, old ? asOld(body) : body);
        }
    }

    /** A mock cannot select by the object that an event is about. */
    private byte[] events() {
        EventListBuilder events = new EventListBuilder();
        if (!whyNoPods.isEmpty()) {
            events.addNewItem()
                    .withReason("FailedCreate")
                    .withMessage(whyNoPods)
                    .endItem();
        }
        return Serialization.asJson(events.build()).getBytes(UTF_8);
    }

    private static byte[] asOld(byte[] body) {
        return new String(body, UTF_8)
                .replace("\"restartPolicy\":\"Always\",", "")
                .replace("\"podReplacementPolicy\":\"Failed\",", "")
                .getBytes(UTF_8);
    }

    private static byte[] status(Refusal refusal) {
        return Serialization.asJson(new StatusBuilder()
                        .withStatus("Failure")
                        .withCode(refusal.code())
                        .withMessage(refusal.message())
                        .build())
                .getBytes(UTF_8);
    }

    private void forward(HttpExchange exchange, String path, byte[] body) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("POST") && !path.endsWith("/secrets")) {
            written.add(new String(body, UTF_8));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() < 300) {
                react(method, path, body, answer.body());
            }
            send(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void react(String method, String path, byte[] body, byte[] answer) {
        if (method.equals("POST") && path.endsWith("/jobs")) {
            Job job = Serialization.unmarshal(new String(answer, UTF_8), Job.class);
            Thread.ofVirtual().start(() -> react(job));
        } else if (method.equals("DELETE") && path.contains("/pods")) {
            node.endMarked(graceSeconds(body));
        } else if (method.equals("DELETE") && path.contains("/jobs")) {
            Thread.ofVirtual().start(this::collect);
        }
    }

    private void react(Job job) {
        if (whyNoPods.isEmpty()) {
            placement.accept(makePod(job));
        }
    }

    private static long graceSeconds(byte[] body) {
        Object grace = body.length == 0
                ? null
                : Serialization.unmarshal(new String(body, UTF_8), Map.class).get("gracePeriodSeconds");
        return grace instanceof Number number ? number.longValue() : 5;
    }

    private Pod makePod(Job job) {
        String name = job.getMetadata().getName();
        Pod pod = new PodBuilder()
                .withMetadata(job.getSpec().getTemplate().getMetadata())
                .editMetadata()
                .withName(name + "-x7k2p")
                .withNamespace(NAMESPACE)
                // What is deleted stays until its node has ended it.
                .withFinalizers("kubiya.test/node")
                .addNewOwnerReference()
                .withKind("Job")
                .withApiVersion("batch/v1")
                .withName(name)
                .withUid(job.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withSpec(job.getSpec().getTemplate().getSpec())
                .build();
        return client.resource(pod).create();
    }

    /** Removes what belongs to Jobs that are gone. */
    private void collect() {
        List<String> jobs = client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems().stream()
                .map(job -> job.getMetadata().getUid())
                .toList();
        List.of(
                        client.pods().inNamespace(NAMESPACE).list().getItems(),
                        client.secrets().inNamespace(NAMESPACE).list().getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(NAMESPACE)
                                .list()
                                .getItems())
                .stream()
                .flatMap(List::stream)
                .filter(one -> one.getMetadata().getOwnerReferences().stream()
                        .map(OwnerReference::getUid)
                        .anyMatch(owner -> !jobs.contains(owner)))
                .forEach(orphan -> client.resource(orphan).delete());
        node.endMarked(5);
    }

    @Override
    public void close() throws IOException {
        front.stop(0);
        node.close();
        client.close();
        api.destroy();
    }
}
