package ai.kubiya.runner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The state behind an address that Terraform's own {@code http} backend could speak to. */
public final class HttpState implements StateLink {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int SLOWEST_BYTES_PER_MILLI = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String address;
    private final String authorization;
    private final String lockId;

    /**
     * A link.
     *
     * @param lockId names the lock that this job takes
     */
    public HttpState(HttpClient http, String address, String username, String password, String lockId) {
        this.http = http;
        this.address = address;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(UTF_8));
        this.lockId = lockId;
    }

    @Override
    public Optional<byte[]> read() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send("GET", "", BodyPublishers.noBody());
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(answer.body()).filter(body -> body.length > 0);
            case 204, 404 -> Optional.empty();
            default -> throw failure(answer);
        };
    }

    @Override
    public Optional<String> lock(String info) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send("LOCK", "", BodyPublishers.ofString(info));
        return switch (answer.statusCode()) {
            case 200 -> Optional.empty();
            case 409, 423 -> Optional.of(holder(answer.body()));
            default -> throw failure(answer);
        };
    }

    private static String holder(byte[] body) {
        try {
            JsonNode info = JSON.readTree(body);
            return "the state is locked by " + info.path("Who").asText("somebody") + " since "
                    + info.path("Created").asText("?") + " ("
                    + info.path("Operation").asText("") + ", lock "
                    + info.path("ID").asText("?") + ")";
        } catch (IOException e) {
            return "the state is locked by somebody else";
        }
    }

    @Override
    public void write(byte[] state) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send("POST", "?ID=" + lockId, BodyPublishers.ofByteArray(state));
        if (answer.statusCode() >= 400) {
            throw failure(answer);
        }
    }

    @Override
    public void unlock() throws IOException, InterruptedException {
        String info = JSON.createObjectNode().put("ID", lockId).toString();
        HttpResponse<byte[]> answer = send("UNLOCK", "", BodyPublishers.ofString(info));
        if (answer.statusCode() >= 400) {
            throw failure(answer);
        }
    }

    private HttpResponse<byte[]> send(String method, String query, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + query))
                .timeout(PATIENCE.plusMillis(Math.max(0, body.contentLength()) / SLOWEST_BYTES_PER_MILLI))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            // The request's own time is over when the answer begins to arrive.
            return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the server's answer does not end", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static IOException failure(HttpResponse<byte[]> answer) {
        String words;
        try {
            words = JSON.readTree(answer.body()).path("details").asText("");
        } catch (IOException e) {
            words = "";
        }
        int status = answer.statusCode();
        String message = "the server answered " + status + (words.isEmpty() ? "" : ": " + words);
        return status >= 500 || status == 429 ? new IOException(message) : new Refused(message);
    }
}
