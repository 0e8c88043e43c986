package ai.kubiya.server.gitops.event;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a repository.
 *
 * @param repositories urls that the repository is known by
 * @param fullName {@code owner/name} at its host; empty when the host has no such thing
 * @param branch that was pushed to, or that a pull request wants to change
 * @param defaultBranch of the repository; empty = nobody said
 * @param commit to be planned
 * @param paths files that changed; null = nobody said, or not all of them
 * @param pullRequest its number; null = it is a push
 * @param author who did it, for people
 * @param title of the pull request, or the first line of the last commit's message
 * @param url where people read about it; empty = nowhere
 * @param nothing why nothing is to be done about it; empty = something is
 */
public record GitEvent(
        Kind kind,
        List<String> repositories,
        String fullName,
        String branch,
        String defaultBranch,
        String commit,
        @Nullable List<String> paths,
        @Nullable Long pullRequest,
        String author,
        String title,
        String url,
        String nothing) {
    private static final int LONGEST_WORD = 500;
    private static final Pattern FULL_NAME = Pattern.compile("(?!\\.)[\\w.-]+(/(?!\\.)[\\w.-]+)+");
    /** More than anybody looks at; beyond it, everything counts as changed. */
    private static final int MOST_PATHS = 5000;

    public GitEvent {
        repositories = List.copyOf(repositories);
        paths = paths == null || paths.size() > MOST_PATHS ? null : List.copyOf(paths);
        author = shortened(author);
        title = shortened(title);
    }

    /** What kind of thing. */
    public enum Kind {
        PUSH,
        PULL_REQUEST,
        OTHER
    }

    static GitEvent nothing(String why) {
        return new GitEvent(Kind.OTHER, List.of(), "", "", "", "", null, null, "", "", "", why);
    }

    GitEvent butNothing(String why) {
        return new GitEvent(
                kind,
                repositories,
                fullName,
                branch,
                defaultBranch,
                commit,
                paths,
                pullRequest,
                author,
                title,
                url,
                why);
    }

    /** With the files that changed, as somebody found out. */
    public GitEvent withPaths(List<String> found) {
        return new GitEvent(
                kind,
                repositories,
                fullName,
                branch,
                defaultBranch,
                commit,
                found,
                pullRequest,
                author,
                title,
                url,
                nothing);
    }

    /** Whether the full name can stand in the path of a host's API. */
    public boolean hasGoodFullName() {
        return FULL_NAME.matcher(fullName).matches();
    }

    public boolean isPullRequest() {
        return kind == Kind.PULL_REQUEST;
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > LONGEST_WORD ? line.substring(0, LONGEST_WORD - 1) + "…" : line;
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("type", kind.name().toLowerCase(java.util.Locale.ROOT))
                .put("full_name", fullName)
                .put("branch", branch)
                .put("default_branch", defaultBranch)
                .put("commit", commit)
                .put("pull_request", pullRequest)
                .put("author", author)
                .put("title", title)
                .put("url", url)
                .put("nothing", nothing);
        json.set("repositories", Json.array(repositories));
        json.set("paths", paths == null ? null : Json.array(paths));
        return json;
    }

    /** What {@link #toJson} wrote. */
    public static GitEvent of(JsonNode json) {
        return new GitEvent(
                Kind.valueOf(json.path("type").asText().toUpperCase(java.util.Locale.ROOT)),
                texts(json.path("repositories")),
                json.path("full_name").asText(),
                json.path("branch").asText(),
                json.path("default_branch").asText(),
                json.path("commit").asText(),
                json.path("paths").isArray() ? texts(json.path("paths")) : null,
                json.path("pull_request").isNumber() ? json.path("pull_request").longValue() : null,
                json.path("author").asText(),
                json.path("title").asText(),
                json.path("url").asText(),
                json.path("nothing").asText());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
