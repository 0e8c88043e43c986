package ai.kubiya.server.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Base URLs the way people write them, turned into what each protocol's client appends its paths to. */
final class BaseUrls {
    private BaseUrls() {}

    /**
     * A bare host gets the provider's usual path; a path that was written is kept, because gateways put the API below
     * prefixes of their own. A pasted endpoint ({@code …/chat/completions}) is cut back to its base.
     */
    static String of(ModelProvider provider, String written) {
        String trimmed = written.strip();
        String query = trimmed.contains("?") ? trimmed.substring(trimmed.indexOf('?')) : "";
        String base = withoutTrailingSlashes(trimmed.substring(0, trimmed.length() - query.length()));
        return switch (provider) {
            case OPENAI -> {
                String cut = without(base, "/chat/completions");
                yield (hasPath(cut) ? cut : cut + "/v1") + query;
            }
            case ANTHROPIC -> {
                // Anthropic's own clients add /v1 to whatever they are given, prefix or not.
                String cut = without(base, "/messages");
                yield (cut.endsWith("/v1") ? cut : cut + "/v1") + query;
            }
            case OLLAMA -> without(without(without(base, "/chat"), "/api"), "/v1") + query;
        };
    }

    /** Null when the URL can be used, otherwise the rest of a sentence that begins with the setting's name. */
    static @Nullable String problem(String written) {
        URI uri;
        try {
            uri = new URI(written.strip());
        } catch (URISyntaxException e) {
            return "is not a URL; write it like http://localhost:8000/v1.";
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
            return "must begin with http:// or https:// and name a host, like http://localhost:8000/v1.";
        }
        if (uri.getRawUserInfo() != null) {
            return "must not contain a user name or password; put the key into KUBIYA_LLM_API_KEY.";
        }
        return null;
    }

    static String withoutQuery(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? url : url.substring(0, mark);
    }

    /** Query parameters such as Azure's {@code api-version}, which have to be sent with each request. */
    static Map<String, String> query(String url) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int mark = url.indexOf('?');
        if (mark < 0) {
            return parameters;
        }
        for (String pair : url.substring(mark + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return parameters;
    }

    /** Azure wants the key in a header of its own; its bearer tokens are something else. */
    static boolean isAzure(String url) {
        String host = URI.create(url).getHost();
        return (host != null && host.toLowerCase(Locale.ROOT).endsWith(".azure.com"))
                || query(url).containsKey("api-version");
    }

    /** Whether two URLs lead to the same host and port, the question behind sending a key there. */
    static boolean sameHost(String one, String other) {
        URI first = URI.create(one.strip());
        URI second = URI.create(other.strip());
        return first.getHost() != null
                && first.getHost().equalsIgnoreCase(second.getHost())
                && first.getPort() == second.getPort()
                && first.getScheme().equalsIgnoreCase(second.getScheme());
    }

    private static boolean hasPath(String base) {
        return base.indexOf('/', base.indexOf("://") + 3) > 0;
    }

    private static String without(String base, String end) {
        return base.endsWith(end) ? withoutTrailingSlashes(base.substring(0, base.length() - end.length())) : base;
    }

    private static String withoutTrailingSlashes(String base) {
        int end = base.length();
        while (end > 0 && base.charAt(end - 1) == '/') {
            end--;
        }
        return base.substring(0, end);
    }
}
