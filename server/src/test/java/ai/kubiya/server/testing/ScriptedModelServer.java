package ai.kubiya.server.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A language model that says what it is told to, over the real protocols of OpenAI, Anthropic and Ollama: the path that
 * is asked decides. Replies are given in order, one to a request; those with a condition as often as it is met.
 *
 * <p>By hand: {@code java … ScriptedModelServer script.json --port 9999}, see {@link Script} for the file.
 */
public final class ScriptedModelServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Queue<ScriptedReply> replies = new ConcurrentLinkedQueue<>();
    private final List<Script.Conditional> conditionals = new CopyOnWriteArrayList<>();
    private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    public ScriptedModelServer() {
        this(0);
    }

    private ScriptedModelServer(int port) {
        try {
            socket = new ServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot listen on 127.0.0.1:" + port, e);
        }
        Thread.ofVirtual().name("scripted-model").start(this::accept);
    }

    /** Adds replies to the end of the queue. */
    public ScriptedModelServer then(ScriptedReply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    /** Without a path; what each provider expects below it is there. */
    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    public List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    public ModelRequest lastRequest() {
        return requests.getLast();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.add(client);
                Thread.ofVirtual().name("scripted-model-connection").start(() -> serve(client));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            HttpConnection connection = new HttpConnection(client);
            ModelRequest request = connection.read();
            if (request != null) {
                requests.add(request);
                answer(request, connection);
            }
        } catch (IOException e) {
            // The client hung up, as cancelled ones do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(client);
        }
    }

    private void answer(ModelRequest request, HttpConnection connection) throws IOException, InterruptedException {
        AnswerWriter writer = AnswerWriter.forPath(request.path(), connection);
        ScriptedReply reply = replyTo(request);
        if (reply == null) {
            String message = "The script has no reply to request %d.".formatted(requests.size());
            connection.answer(400, java.util.Map.of(), writer.errorBody(400, message));
        } else if (reply.status() != 200) {
            connection.answer(reply.status(), reply.headers(), writer.errorBody(reply.status(), reply.error()));
        } else if (!wantsStream(request)) {
            connection.answer(200, reply.headers(), writer.whole(reply));
        } else {
            stream(reply, writer, connection);
        }
    }

    /** Ollama streams unless told not to; the others the other way round. */
    private static boolean wantsStream(ModelRequest request) {
        return request.body().path("stream").asBoolean(request.path().contains("/api/chat"));
    }

    private @Nullable ScriptedReply replyTo(ModelRequest request) {
        String last = request.lastMessage().path("content").toString();
        for (Script.Conditional conditional : conditionals) {
            if (last.contains(conditional.when())) {
                return conditional.reply();
            }
        }
        return replies.poll();
    }

    private static void stream(ScriptedReply reply, AnswerWriter writer, HttpConnection connection)
            throws IOException, InterruptedException {
        connection.beginChunks(writer.contentType());
        writer.begin();
        for (ScriptedReply.Part part : reply.parts()) {
            switch (part) {
                case ScriptedReply.Part.Text text -> writer.text(text.text());
                case ScriptedReply.Part.Call call -> writer.call(call);
                case ScriptedReply.Part.Raw raw -> connection.chunk(raw.text());
                case ScriptedReply.Part.Pause pause -> Thread.sleep(pause.duration());
                case ScriptedReply.Part.Hold hold -> {
                    if (!connection.holdAt(hold.gate())) {
                        return;
                    }
                }
                case ScriptedReply.Part.Drop _ -> {
                    return;
                }
                case ScriptedReply.Part.StopShort _ -> {
                    connection.endChunks();
                    return;
                }
            }
        }
        writer.end(reply.finishReason(), reply.usage());
        connection.endChunks();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Serves a script until it is stopped. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments.length == 0) {
            System.err.println("usage: ScriptedModelServer script.json [--port N]");
            System.exit(2);
        }
        boolean portGiven = arguments.length == 3 && arguments[1].equals("--port");
        Script script = Script.read(new ObjectMapper(), Files.readString(Path.of(arguments[0])));
        try (ScriptedModelServer server = new ScriptedModelServer(portGiven ? Integer.parseInt(arguments[2]) : 0)) {
            server.play(script);
            System.out.println(
                    "KUBIYA_LLM_PROVIDER=openai KUBIYA_LLM_BASE_URL=" + server.url() + " KUBIYA_LLM_MODELS=scripted");
            Thread.currentThread().join();
        }
    }

    /** Answers by a script, in place of replies that are added one by one. */
    public ScriptedModelServer play(Script script) {
        conditionals.addAll(script.conditionals());
        replies.addAll(script.inOrder());
        return this;
    }
}
