package ai.kubiya.server.gitops.status;

import ai.kubiya.server.gitops.hook.HostAccount;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** GitHub, and Gitea and Forgejo, which speak like it. */
final class GitHubStatuses implements CommitStatuses {
    private static final int LONGEST_DESCRIPTION = 140;

    private final OutboundHttp http;
    private final Function<HostAccount, Map<String, String>> headers;
    private final String pageSize;
    private final int filesOfAPage;

    private GitHubStatuses(
            OutboundHttp http, Function<HostAccount, Map<String, String>> headers, String pageSize, int filesOfAPage) {
        this.http = http;
        this.headers = headers;
        this.pageSize = pageSize;
        this.filesOfAPage = filesOfAPage;
    }

    static GitHubStatuses ofGitHub(OutboundHttp http) {
        return new GitHubStatuses(
                http,
                account -> Map.of(
                        "Authorization", "Bearer " + account.token(),
                        "Accept", "application/vnd.github+json",
                        "X-GitHub-Api-Version", "2022-11-28"),
                "per_page",
                100);
    }

    static GitHubStatuses ofGitea(OutboundHttp http) {
        return new GitHubStatuses(
                http,
                account -> Map.of("Authorization", "token " + account.token(), "Accept", "application/json"),
                "limit",
                50);
    }

    @Override
    public void report(HostAccount account, String repository, String commit, CommitStatus status)
            throws CallFailed, HostRefused {
        ObjectNode body = Json.object()
                .put("state", status.state().name().toLowerCase(Locale.ROOT))
                .put("context", status.context())
                .put("description", status.description(LONGEST_DESCRIPTION));
        if (status.url() != null) {
            body.put("target_url", status.url());
        }
        HostApi.requireSuccess(new HostApi(http, headers.apply(account))
                .post(account.apiUrl() + "/repos/" + repository + "/statuses/" + commit, body));
    }

    @Override
    public Optional<List<String>> changedFiles(HostAccount account, String repository, long pullRequest)
            throws CallFailed, HostRefused {
        String url = account.apiUrl() + "/repos/" + repository + "/pulls/" + pullRequest + "/files?" + pageSize + "="
                + filesOfAPage + "&page=";
        return new HostApi(http, headers.apply(account))
                .all(page -> url + page, filesOfAPage, List.of("filename", "previous_filename"));
    }
}
