package ai.kubiya.server.source.git;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a source url points. A tree url ({@code https://github.com/ORG/REPO/tree/BRANCH/PATH}) does not say where the
 * branch ends and the path begins, since both may hold slashes; {@link #splitTail} asks the repository's branches.
 *
 * @param repository what git clones
 * @param tail the segments after {@code /tree/}, branch and path together; empty for a plain repository url
 */
public record GitLocation(String repository, List<String> tail) {
    // GitHub, GitLab (/-/tree/), Gitea and Forgejo (/src/branch/), Bitbucket (/src/).
    private static final Pattern TREE = Pattern.compile(
            "^(https?://[^/]+/.+?)(?:\\.git)?/(?:-/tree|tree|src/branch|src/tag|src/commit|src)/(.+?)/?$");
    private static final Pattern SCP = Pattern.compile("^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^/].*$");

    private static final int HIGHEST_PORT = 65_535;

    /** A branch and the folder below it. */
    public record Split(@Nullable String branch, String path) {}

    public GitLocation {
        tail = List.copyOf(tail);
    }

    public static GitLocation of(String url) {
        String trimmed = url.trim();
        Matcher tree = TREE.matcher(trimmed);
        if (tree.matches()) {
            return new GitLocation(tree.group(1), Arrays.asList(tree.group(2).split("/+")));
        }
        return new GitLocation(trimmed, List.of());
    }

    public boolean isHttp() {
        return repository.startsWith("https://") || repository.startsWith("http://");
    }

    public boolean isSsh() {
        return repository.startsWith("ssh://") || SCP.matcher(repository).matches();
    }

    /** A user or password of http, or a password of ssh, whose user name is part of the address. */
    public boolean hasCredentials() {
        return repository.matches("^https?://[^/]*@.*") || repository.matches("^ssh://[^/@]*:[^/]*@.*");
    }

    public boolean isFile() {
        return repository.startsWith("file://") || repository.startsWith("/");
    }

    /** The host that will be spoken to, where the url names one and a port that there can be. */
    public Optional<String> host() {
        if (SCP.matcher(repository).matches()) {
            return Optional.of(repository.substring(repository.indexOf('@') + 1, repository.indexOf(':')));
        }
        try {
            URI uri = URI.create(repository);
            return uri.getPort() > HIGHEST_PORT ? Optional.empty() : Optional.ofNullable(uri.getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The last part of the repository's path, which people call the source by. */
    public String suggestedName() {
        String path = tail.isEmpty() ? repository : String.join("/", tail);
        String last = path.replaceAll("[/\\\\]+$", "").replaceAll("^.*[/:]", "").replaceAll("\\.git$", "");
        return last.isEmpty() ? repository : last;
    }

    /**
     * Splits the tail.
     *
     * @param branches what the repository has; the longest that fits wins
     */
    public Split splitTail(List<String> branches) {
        for (int length = tail.size(); length > 0; length--) {
            String candidate = String.join("/", tail.subList(0, length));
            if (branches.contains(candidate)) {
                return new Split(candidate, String.join("/", tail.subList(length, tail.size())));
            }
        }
        return tail.isEmpty()
                ? new Split(null, "")
                : new Split(tail.getFirst(), String.join("/", tail.subList(1, tail.size())));
    }
}
