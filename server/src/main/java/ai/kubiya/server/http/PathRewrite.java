package ai.kubiya.server.http;

import java.util.regex.Pattern;

/**
 * Existing clients build some paths with a doubled prefix ({@code /v1/api/v3/runners}, {@code /api/v1/v1/agents},
 * {@code /api/v1/api/v2/integrations}): the last prefix is the one they mean.
 */
final class PathRewrite {
    private static final Pattern DOUBLED = Pattern.compile("^(?:/api)?/v1(?=/api/v[123]/)");
    private static final Pattern REPEATED = Pattern.compile("^/api/v1/v1/");

    /** The playground's way to the API: the same paths, asked with its session. */
    static final String PROXY = "/playground/proxy";

    private PathRewrite() {}

    static String apply(String path) {
        if (path.startsWith(PROXY + "/v1/")) {
            return path.substring(PROXY.length());
        }
        String once = DOUBLED.matcher(path).replaceFirst("");
        return REPEATED.matcher(once).replaceFirst("/api/v1/");
    }
}
