package ai.kubiya.server.outbound;

import ai.kubiya.server.http.InternalAddresses;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Calls urls that users name. */
public final class OutboundHttp implements AutoCloseable {
    private static final int LONGEST_URL = 2000;
    private static final int MOST_HEADERS = 50;
    private static final int LONGEST_HEADER = 1000;

    private final Predicate<InetAddress> forbidden;
    private final CallLimits limits;
    private final OkHttpClient client;

    public OutboundHttp(boolean internalAllowed, CallLimits limits) {
        this(internalAllowed ? _ -> false : InternalAddresses::isInternal, limits);
    }

    OutboundHttp(Predicate<InetAddress> forbidden, CallLimits limits) {
        this.forbidden = forbidden;
        this.limits = limits;
        this.client = new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(forbidden))
                // A proxy would look up names for us, and we could not see where they lead.
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(limits.connect())
                .readTimeout(limits.silence())
                .writeTimeout(limits.silence())
                .connectionPool(new ConnectionPool(64, 30, TimeUnit.SECONDS))
                .build();
    }

    /** Null when a url can be called, otherwise the rest of a sentence that begins with the field's name. */
    public @Nullable String problem(String url) {
        @Nullable HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null || url.length() > LONGEST_URL) {
            return "must be a url that begins with https:// or http:// and has at most " + LONGEST_URL + " characters";
        }
        if (!parsed.encodedUsername().isEmpty() || !parsed.encodedPassword().isEmpty()) {
            return "must not hold a user or password, because urls are shown";
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(parsed.host())).anyMatch(forbidden)
                    ? CallFailed.INTERNAL_ADDRESS.replace("the url leads", "leads")
                    : null;
        } catch (UnknownHostException e) {
            // The name may be there when it is needed.
            return null;
        }
    }

    /** Scheme and host of a url: what of it can be said to everybody. */
    public static String place(String url) {
        @Nullable HttpUrl parsed = HttpUrl.parse(url);
        return parsed == null ? "" : parsed.scheme() + "://" + parsed.host();
    }

    /**
     * Posts JSON. Redirects are followed with the same body, as far as their place can be trusted as much as the first.
     *
     * @throws CallFailed when there was no answer
     */
    public CallAnswer post(String url, Map<String, String> headers, byte[] body) throws CallFailed {
        return call("POST", url, headers, body);
    }

    /** As {@link #post}, without a body. */
    public CallAnswer get(String url, Map<String, String> headers) throws CallFailed {
        return call("GET", url, headers, null);
    }

    /**
     * Makes any request; see {@link #post}.
     *
     * @param body null = none
     */
    public CallAnswer call(String method, String url, Map<String, String> headers, byte @Nullable [] body)
            throws CallFailed {
        long end = System.nanoTime() + limits.whole().toNanos();
        Map<String, String> sent = new HashMap<>(headers);
        @Nullable HttpUrl next = HttpUrl.parse(url);
        for (int hops = 0; ; hops++) {
            if (next == null) {
                throw new CallFailed("the url cannot be read");
            }
            HttpUrl here = next;
            Request request = request(method, here, sent, body);
            Hop hop = hop(request, Duration.ofNanos(end - System.nanoTime()));
            if (hop.location() == null) {
                return hop.answer();
            }
            if (hops == limits.redirects()) {
                throw new CallFailed("the url redirects more than " + limits.redirects() + " times");
            }
            next = here.resolve(hop.location());
            if (next == null || (here.isHttps() && !next.isHttps())) {
                throw new CallFailed("the url redirects from https to something else, which is not followed");
            }
            if (!next.host().equals(here.host())) {
                // What it says is for the first host alone.
                sent.remove("Authorization");
            }
        }
    }

    private static Request request(String method, HttpUrl url, Map<String, String> headers, byte @Nullable [] body) {
        Request.Builder builder = new Request.Builder().url(url);
        headers.forEach(builder::header);
        boolean needsBody = body == null && (method.equals("POST") || method.equals("PUT") || method.equals("PATCH"));
        byte @Nullable [] sent = needsBody ? new byte[0] : body;
        return builder.method(method, sent == null ? null : RequestBody.create(sent, null))
                .build();
    }

    /**
     * One request and its answer.
     *
     * @param location where it redirects to; null = it is the answer
     */
    private record Hop(CallAnswer answer, @Nullable String location) {}

    private Hop hop(Request request, Duration left) throws CallFailed {
        if (left.isNegative() || left.isZero()) {
            throw tooSlow();
        }
        OkHttpClient hurried = client.newBuilder().callTimeout(left).build();
        try (Response response = hurried.newCall(request).execute()) {
            CallAnswer answer = answer(response);
            boolean redirects = isRedirect(answer.status()) && response.header("Location") != null;
            return new Hop(answer, redirects ? response.header("Location") : null);
        } catch (IOException e) {
            throw failed(e, request.url().host());
        }
    }

    /** Those that ask for the same request again; 303 asks for another one. */
    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }

    private CallAnswer answer(Response response) {
        Map<String, String> headers = new HashMap<>();
        Headers sent = response.headers();
        for (int i = 0; i < Math.min(sent.size(), MOST_HEADERS); i++) {
            String value = sent.value(i);
            headers.put(
                    sent.name(i).toLowerCase(Locale.ROOT),
                    value.length() > LONGEST_HEADER ? value.substring(0, LONGEST_HEADER) : value);
        }
        Buffer read = new Buffer();
        boolean whole = false;
        try {
            BufferedSource source = response.body().source();
            long got = 0;
            while (got >= 0 && read.size() <= limits.body()) {
                got = source.read(read, limits.body() + 1 - read.size());
            }
            whole = got < 0;
        } catch (IOException e) {
            // The status is known, and it decides; of the body we have what came.
        }
        byte[] bytes = read.readByteArray();
        String text = new String(bytes, 0, Math.min(bytes.length, limits.body()), StandardCharsets.UTF_8);
        return new CallAnswer(response.code(), headers, text.replace('\0', '\uFFFD'), whole);
    }

    private CallFailed failed(IOException e, String host) {
        return switch (e) {
            case CallFailed own -> own;
            case UnknownHostException _ -> new CallFailed("there is no host " + host);
            case ConnectException _, NoRouteToHostException _ ->
                new CallFailed("nobody answers at " + host + ": the connection was refused");
            case SSLException _ ->
                new CallFailed("no secure connection to " + host + " could be made: " + e.getMessage());
            case SocketTimeoutException _, InterruptedIOException _ -> tooSlow();
            default -> new CallFailed("the connection to " + host + " broke off");
        };
    }

    private CallFailed tooSlow() {
        return new CallFailed("there was no answer within " + limits.whole().toSeconds() + " s");
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
