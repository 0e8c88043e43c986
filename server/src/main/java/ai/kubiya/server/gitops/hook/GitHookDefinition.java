package ai.kubiya.server.gitops.hook;

import ai.kubiya.server.gitops.event.GitHost;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.outbound.OutboundHttp;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say about a hook.
 *
 * @param repositoryUrl the only repository whose events count; empty = whichever
 * @param apiUrl where commits are told how they fared; empty = the host's public one
 * @param secret what events are signed with; null = as it is, or a new one
 * @param apiToken what commits are told with; null = as it is, empty = none
 */
record GitHookDefinition(
        String name,
        GitHost provider,
        String repositoryUrl,
        boolean enabled,
        String apiUrl,
        @Nullable String secret,
        @Nullable String apiToken) {
    static final String MASK = "********";
    static final List<String> READ_ONLY =
            List.of("id", "uuid", "url", "owner", "created_by", "updated_by", "created_at", "updated_at");

    private static final int SHORTEST_SECRET = 16;

    static GitHookDefinition of(JsonFields fields, OutboundHttp http, boolean hasToken) {
        fields.ignore(READ_ONLY);
        GitHost provider = provider(fields);
        @Nullable String secret = secret(fields);
        @Nullable String token = token(fields);
        String apiUrl = fields.text("api_url", 2000, "").trim().replaceAll("/+$", "");
        if (!apiUrl.isEmpty()) {
            @Nullable String problem = http.problem(apiUrl);
            if (problem != null) {
                fields.problem("/api_url", problem);
            }
        }
        boolean withToken = token == null ? hasToken : !token.isEmpty();
        if (withToken && apiUrl.isEmpty() && provider != GitHost.GITHUB && provider != GitHost.GITLAB) {
            fields.problem("/api_url", "is required beside api_token: " + provider.wireName() + " has no public place");
        }
        if (withToken && provider == GitHost.GIT) {
            fields.problem("/api_token", "is of no use: plain git has nothing that a commit could be told with");
        }
        return new GitHookDefinition(
                fields.requiredText("name", 200).trim(),
                provider,
                fields.text("repository_url", 2000, "").trim(),
                fields.flag("enabled", true),
                apiUrl,
                secret,
                token);
    }

    private static GitHost provider(JsonFields fields) {
        String name = fields.requiredText("provider", 20);
        return GitHost.ofWireName(name).orElseGet(() -> {
            if (!name.isEmpty()) {
                fields.problem("/provider", "must be github, gitlab, gitea (also for Forgejo) or git");
            }
            return GitHost.GIT;
        });
    }

    private static @Nullable String secret(JsonFields fields) {
        @Nullable String secret = fields.text("secret", 500).orElse(null);
        if (secret == null || secret.equals(MASK)) {
            return null;
        }
        if (secret.length() < SHORTEST_SECRET) {
            fields.problem("/secret", "must have at least " + SHORTEST_SECRET + " characters; leave it out to get one");
        }
        return secret;
    }

    private static @Nullable String token(JsonFields fields) {
        String token = fields.text("api_token", 2000, "").trim();
        return token.equals(MASK) ? null : token;
    }

    /** As a client could have sent it; the token masked, the secret left out. */
    ObjectNode toJson(boolean hasToken) {
        return Json.object()
                .put("name", name)
                .put("provider", provider.wireName())
                .put("repository_url", repositoryUrl)
                .put("enabled", enabled)
                .put("api_url", apiUrl)
                .put("api_token", hasToken ? MASK : "");
    }
}
