package ai.kubiya.server.http;

import java.util.regex.Pattern;

/**
 * Existing clients build some paths with a doubled prefix ({@code /v1/api/v3/runners}, {@code /api/v1/v1/agents},
 * {@code /api/v1/api/v2/integrations}): the last prefix is the one they mean.
 */
final class PathRewrite {
    private static final Pattern DOUBLED = Pattern.compile("^(?:/api)?/v1(?=/api/v[123]/)");
    private static final Pattern REPEATED = Pattern.compile("^/api/v1/v1/");

    private PathRewrite() {}

    static String apply(String path) {
        String once = DOUBLED.matcher(path).replaceFirst("");
        return REPEATED.matcher(once).replaceFirst("/api/v1/");
    }
}
