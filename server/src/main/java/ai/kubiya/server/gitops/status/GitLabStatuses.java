package ai.kubiya.server.gitops.status;

import ai.kubiya.server.gitops.hook.HostAccount;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.outbound.CallAnswer;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GitLab. */
final class GitLabStatuses implements CommitStatuses {
    private static final int LONGEST_DESCRIPTION = 255;
    private static final int FILES_OF_A_PAGE = 100;

    private final OutboundHttp http;

    GitLabStatuses(OutboundHttp http) {
        this.http = http;
    }

    private HostApi api(HostAccount account) {
        return new HostApi(http, Map.of("PRIVATE-TOKEN", account.token()));
    }

    private static String project(HostAccount account, String repository) {
        return account.apiUrl() + "/projects/" + URLEncoder.encode(repository, StandardCharsets.UTF_8);
    }

    @Override
    public void report(HostAccount account, String repository, String commit, CommitStatus status)
            throws CallFailed, HostRefused {
        ObjectNode body = Json.object()
                .put(
                        "state",
                        switch (status.state()) {
                            case PENDING -> "running";
                            case SUCCESS -> "success";
                            case FAILURE, ERROR -> "failed";
                        })
                .put("name", status.context())
                .put("description", status.description(LONGEST_DESCRIPTION));
        if (status.url() != null) {
            body.put("target_url", status.url());
        }
        CallAnswer answer = api(account).post(project(account, repository) + "/statuses/" + commit, body);
        // It refuses to be told what it knows already.
        if (answer.status() != 400 || !answer.body().contains("Cannot transition status")) {
            HostApi.requireSuccess(answer);
        }
    }

    @Override
    public Optional<List<String>> changedFiles(HostAccount account, String repository, long pullRequest)
            throws CallFailed, HostRefused {
        String url = project(account, repository) + "/merge_requests/" + pullRequest + "/diffs?per_page="
                + FILES_OF_A_PAGE + "&page=";
        return api(account).all(page -> url + page, FILES_OF_A_PAGE, List.of("old_path", "new_path"));
    }
}
