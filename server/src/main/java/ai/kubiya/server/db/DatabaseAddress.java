package ai.kubiya.server.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param url JDBC url without credentials
 */
public record DatabaseAddress(
        String url, @Nullable String user, @Nullable String password) {

    /** Reads {@code postgresql://user:password@host:port/name?options}, with or without {@code jdbc:}. */
    public static DatabaseAddress of(String text) {
        URI uri = URI.create(text.startsWith("jdbc:") ? text.substring(5) : text);
        String credentials = uri.getRawUserInfo();
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        String user = credentials == null ? null : decode(colon < 0 ? credentials : credentials.substring(0, colon));
        String password = credentials == null || colon < 0 ? null : decode(credentials.substring(colon + 1));
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseAddress("jdbc:postgresql://" + uri.getHost() + port + uri.getPath() + query, user, password);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Never prints the password. */
    @Override
    public String toString() {
        return url;
    }
}
