package ai.kubiya.server.web;

import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the web app at {@code /}, the playground at {@code /playground} and what they are made of at {@code /assets}. */
public final class WebRoutes implements Routes {
    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script[^>]*>([^<]+)</script>");
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
                Response response = file(name, content);
                router.open("GET", "/assets/" + name, request -> response);
            }
        });
    }

    private void page(Router router, String path, String name) {
        byte[] content = files.getOrDefault(name, new byte[0]);
        Response response = file(name, content).withHeader("Content-Security-Policy", policy(content));
        router.open("GET", path, request -> response);
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
