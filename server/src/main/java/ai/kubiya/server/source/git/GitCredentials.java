package ai.kubiya.server.source.git;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/**
 * Passwords for private https repositories, from a file in git's own credential-store format: one
 * {@code https://user:password@host[/path]} a line. Read at every fetch, so that an operator can rotate a token
 * without a restart.
 */
public final class GitCredentials {
    private final @Nullable Path file;

    public GitCredentials(@Nullable Path file) {
        this.file = file;
    }

    Optional<CredentialsProvider> forUrl(String repository) throws IOException {
        if (file == null) {
            return Optional.empty();
        }
        URI wanted = URI.create(repository);
        for (String line : Files.readAllLines(file)) {
            Optional<CredentialsProvider> found = match(line.trim(), wanted);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<CredentialsProvider> match(String line, URI wanted) {
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        URI entry;
        try {
            entry = URI.create(line);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String user = entry.getRawUserInfo();
        boolean fits = entry.getHost() != null
                && entry.getHost().equalsIgnoreCase(wanted.getHost())
                && entry.getPort() == wanted.getPort()
                && entry.getScheme().equalsIgnoreCase(wanted.getScheme())
                && wanted.getPath().startsWith(entry.getPath());
        if (!fits || user == null) {
            return Optional.empty();
        }
        int colon = user.indexOf(':');
        String name = decode(colon < 0 ? user : user.substring(0, colon));
        String password = colon < 0 ? "" : decode(user.substring(colon + 1));
        return Optional.of(new UsernamePasswordCredentialsProvider(name, password));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
