package ai.kubiya.server.web;

import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Serves the web app at {@code /}, the playground at {@code /playground} and what they are made of at {@code /assets}. */
public final class WebRoutes implements Routes {
    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script[^>]*>([^<]+)</script>");
    /** Named in Accept-Encoding, and not to say that it must not be. */
    private static final Pattern GZIP = Pattern.compile("(?i)\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");

    private final Map<String, byte[]> files = WebFiles.read();

    @Override
    public void addTo(Router router) {
        page(router, "/", "index.html");
        page(router, "/playground", "playground.html");
        files.forEach((name, content) -> {
            if (!name.endsWith(".html")) {
                serve(router, "/assets/" + name, file(name, content));
            }
        });
    }

    private void page(Router router, String path, String name) {
        byte[] content = files.getOrDefault(name, new byte[0]);
        serve(router, path, file(name, content).withHeader("Content-Security-Policy", policy(content)));
    }

    /** Compressed once, because the same bytes are asked for again and again. */
    private static void serve(Router router, String path, Response response) {
        if (!(response instanceof Response.Whole whole)) {
            throw new IllegalArgumentException("only what is there as a whole can be compressed");
        }
        Response plain = response.withHeader("Vary", "Accept-Encoding");
        Map<String, String> headers = new HashMap<>(whole.headers());
        headers.put("Vary", "Accept-Encoding");
        headers.put("Content-Encoding", "gzip");
        headers.computeIfPresent("ETag", (name, tag) -> tag.substring(0, tag.length() - 1) + "-gzip\"");
        Response zipped = new Response.Whole(whole.status(), headers, whole.contentType(), gzip(whole.body()));
        router.open(
                "GET",
                path,
                request -> GZIP.matcher(request.header("Accept-Encoding").orElse(""))
                                .find()
                        ? zipped
                        : plain);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Response file(String name, byte[] content) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ETag", "\"" + hash(content).substring(0, 22) + "\"");
        // Files keep their names from version to version, so browsers have to ask; mostly they hear that nothing
        // changed.
        headers.put("Cache-Control", "no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        return new Response.Whole(200, headers, type, content);
    }

    /** Scripts and styles of this server alone; of those that stand in the page, exactly these. */
    private static String policy(byte[] page) {
        StringBuilder scripts = new StringBuilder("'self'");
        Matcher inline = INLINE_SCRIPT.matcher(new String(page, StandardCharsets.UTF_8));
        while (inline.find()) {
            byte[] text = inline.group(1).getBytes(StandardCharsets.UTF_8);
            scripts.append(" 'sha256-").append(hash(text)).append("'");
        }
        return "default-src 'none'; script-src " + scripts
                + "; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; font-src 'self'"
                + "; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    }

    private static String hash(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
