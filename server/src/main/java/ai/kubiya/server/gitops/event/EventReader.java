package ai.kubiya.server.gitops.event;

import ai.kubiya.server.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what each host sends. */
public final class EventReader {
    private static final String HEADS = "refs/heads/";
    /** What a branch that was removed points to. */
    private static final String NO_COMMIT = "0+";
    /** GitHub lists no more commits of a push than this. */
    private static final int MOST_COMMITS_GITHUB = 2048;

    private EventReader() {}

    /** The sender's id of a delivery; empty when it gave none. */
    public static Optional<String> deliveryId(GitHost host, Posted posted) {
        return switch (host) {
            case GITHUB -> posted.header("x-github-delivery");
            case GITLAB -> posted.header("x-gitlab-event-uuid", "idempotency-key");
            case GITEA -> posted.header("x-forgejo-delivery", "x-gitea-delivery", "x-gogs-delivery");
            case GIT -> posted.header("x-delivery-id", "idempotency-key");
        };
    }

    /**
     * What happened.
     *
     * @throws ApiException 400 when it cannot be told from this
     */
    public static GitEvent read(GitHost host, Posted posted) {
        EventFields fields = new EventFields(posted.json());
        GitEvent event = switch (host) {
            case GITHUB -> hub(posted.header("x-github-event").orElse(""), fields);
            case GITEA ->
                hub(
                        posted.header("x-forgejo-event", "x-gitea-event", "x-gogs-event")
                                .orElse(""),
                        fields);
            case GITLAB -> lab(posted.header("x-gitlab-event").orElse(""), fields);
            case GIT -> plain(fields);
        };
        fields.check();
        return event;
    }

    /** Gitea and Forgejo say it in GitHub's words. */
    private static GitEvent hub(String type, EventFields fields) {
        return switch (type) {
            case "push" -> hubPush(fields);
            case "pull_request" -> hubPullRequest(fields);
            default -> GitEvent.nothing("events of the type \"" + type + "\" are not acted upon");
        };
    }

    private static GitEvent hubPush(EventFields fields) {
        return push(
                fields,
                fields.anyOf("/repository/clone_url", "/repository/ssh_url", "/repository/html_url"),
                fields.text("/repository/full_name"),
                fields.text("/repository/default_branch"),
                fields.size("/commits") < MOST_COMMITS_GITHUB ? changed(fields) : null,
                first(fields, "/sender/login", "/pusher/name"),
                fields.text("/head_commit/message"),
                first(fields, "/head_commit/url", "/compare", "/compare_url"));
    }

    private static GitEvent push(
            EventFields fields,
            List<String> repositories,
            String fullName,
            String defaultBranch,
            @Nullable List<String> paths,
            String author,
            String title,
            String url) {
        String ref = fields.required("/ref");
        String after = fields.commit("/after");
        GitEvent event = new GitEvent(
                GitEvent.Kind.PUSH,
                repositories,
                fullName,
                ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : ref,
                defaultBranch,
                after,
                // The list of a branch's first push, or of one that rewrote it, is not all that is different.
                fields.text("/before").matches(NO_COMMIT) || fields.flag("/forced") ? null : paths,
                null,
                author,
                title,
                url,
                "");
        if (!ref.startsWith(HEADS)) {
            return event.butNothing("only pushes to branches are planned, and this was to " + ref);
        }
        return after.matches(NO_COMMIT) ? event.butNothing("the branch was removed") : event;
    }

    private static String first(EventFields fields, String... pointers) {
        for (String pointer : pointers) {
            if (!fields.text(pointer).isEmpty()) {
                return fields.text(pointer);
            }
        }
        return "";
    }

    /** Files of all commits; null when there are no commits to look at. */
    private static @Nullable List<String> changed(EventFields fields) {
        int commits = fields.size("/commits");
        if (commits == 0) {
            return null;
        }
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            for (String change : List.of("added", "modified", "removed")) {
                paths.addAll(fields.texts("/commits/" + i + "/" + change));
            }
        }
        return paths.stream().distinct().toList();
    }

    private static GitEvent hubPullRequest(EventFields fields) {
        String action = fields.required("/action");
        GitEvent event = new GitEvent(
                GitEvent.Kind.PULL_REQUEST,
                fields.anyOf("/repository/clone_url", "/repository/ssh_url", "/repository/html_url"),
                fields.text("/repository/full_name"),
                fields.required("/pull_request/base/ref"),
                fields.text("/repository/default_branch"),
                fields.commit("/pull_request/head/sha"),
                null,
                fields.number("/number"),
                fields.text("/sender/login"),
                fields.text("/pull_request/title"),
                fields.text("/pull_request/html_url"),
                "");
        if (!Set.of("opened", "reopened", "synchronize", "synchronized", "ready_for_review")
                .contains(action)) {
            return event.butNothing("a pull request that is " + action + " brings nothing new to plan");
        }
        // Whoever can open a pull request from elsewhere could run code of theirs here with the project's secrets.
        return isFork(fields) ? event.butNothing("pull requests from other repositories are not planned") : event;
    }

    private static boolean isFork(EventFields fields) {
        String head = fields.text("/pull_request/head/repo/full_name");
        return !head.equals(fields.text("/pull_request/base/repo/full_name"));
    }

    private static GitEvent lab(String type, EventFields fields) {
        return switch (type) {
            case "Push Hook" ->
                push(
                        fields,
                        labRepositories(fields),
                        fields.text("/project/path_with_namespace"),
                        fields.text("/project/default_branch"),
                        fields.count("/total_commits_count", 0) == fields.size("/commits") ? changed(fields) : null,
                        first(fields, "/user_username", "/user_name"),
                        fields.text("/commits/" + (fields.size("/commits") - 1) + "/message"),
                        fields.text("/commits/" + (fields.size("/commits") - 1) + "/url"));
            case "Merge Request Hook" -> labMergeRequest(fields);
            default -> GitEvent.nothing("events of the type \"" + type + "\" are not acted upon");
        };
    }

    private static List<String> labRepositories(EventFields fields) {
        return fields.anyOf("/project/git_http_url", "/project/git_ssh_url", "/project/web_url");
    }

    private static GitEvent labMergeRequest(EventFields fields) {
        String action = fields.text("/object_attributes/action");
        GitEvent event = new GitEvent(
                GitEvent.Kind.PULL_REQUEST,
                labRepositories(fields),
                fields.text("/project/path_with_namespace"),
                fields.required("/object_attributes/target_branch"),
                fields.text("/project/default_branch"),
                fields.commit("/object_attributes/last_commit/id"),
                null,
                fields.number("/object_attributes/iid"),
                first(fields, "/user/username", "/user/name"),
                fields.text("/object_attributes/title"),
                fields.text("/object_attributes/url"),
                "");
        if (!Set.of("open", "reopen", "update").contains(action)) {
            return event.butNothing("a merge request with the action \"" + action + "\" brings nothing new to plan");
        }
        if (action.equals("update") && !fields.has("/object_attributes/oldrev")) {
            return event.butNothing("the merge request has the same commits as before");
        }
        boolean fork = fields.count("/object_attributes/source_project_id", -1)
                != fields.count("/object_attributes/target_project_id", -1);
        return fork ? event.butNothing("merge requests from other projects are not planned") : event;
    }

    /** For those who have nothing but git and curl. */
    private static GitEvent plain(EventFields fields) {
        String type = fields.text("/event");
        boolean pullRequest = type.equals("pull_request");
        if (!pullRequest && !type.equals("push")) {
            fields.problem("/event", "must be \"push\" or \"pull_request\"");
        }
        return new GitEvent(
                pullRequest ? GitEvent.Kind.PULL_REQUEST : GitEvent.Kind.PUSH,
                List.of(fields.required("/repository")),
                "",
                fields.required("/branch"),
                fields.text("/default_branch"),
                fields.commit("/commit"),
                fields.has("/paths") ? fields.texts("/paths") : null,
                pullRequest ? Long.valueOf(fields.number("/number")) : null,
                fields.text("/author"),
                fields.text("/title"),
                fields.text("/url"),
                "");
    }
}
