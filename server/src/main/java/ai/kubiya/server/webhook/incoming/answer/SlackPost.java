package ai.kubiya.server.webhook.incoming.answer;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.integration.Integrations;
import ai.kubiya.server.outbound.CallAnswer;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.webhook.delivery.Carried;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says the answer in Slack: in a channel, or to somebody by e-mail. */
public final class SlackPost implements Destination {
    private static final String API = "https://slack.com/api";
    private static final List<String> TOKENS =
            List.of("bot_token", "token", "access_token", "oauth_token", "api_token");
    private static final List<String> URLS = List.of("base_url", "api_url");
    private static final List<String> SECRETS = List.of("SLACK_BOT_TOKEN", "SLACK_API_TOKEN", "SLACK_TOKEN");
    private static final Pattern EMAIL = Pattern.compile("@?[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    /** Slack's own limit is a little higher. */
    private static final int LONGEST = 39_000;

    /** What Slack says when it is at fault; everything else it says will be said again. */
    private static final Set<String> PASSING = Set.of(
            "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private final Accounts accounts;
    private final OutboundHttp http;

    public SlackPost(Accounts accounts, OutboundHttp http) {
        this.accounts = accounts;
        this.http = http;
    }

    private record Account(String url, String token) {}

    private Optional<Account> account(UUID organizationId) {
        for (Integrations.Connection connection : accounts.connections(organizationId, "slack")) {
            Optional<String> token = Accounts.field(connection.fields(), TOKENS);
            if (token.isPresent()) {
                String url = Accounts.field(connection.fields(), URLS).orElse(API);
                return Optional.of(new Account(url.replaceFirst("/+$", ""), token.get()));
            }
        }
        return accounts.secret(organizationId, SECRETS).map(token -> new Account(API, token));
    }

    @Override
    public Carried post(Answer answer, String place) {
        Optional<Account> account = account(answer.webhook().organizationId());
        if (account.isEmpty()) {
            return Carried.refused(
                    Json.object(),
                    "there is no integration of the type slack with a bot_token, and no secret SLACK_BOT_TOKEN");
        }
        ObjectNode message = Json.object().put("channel", place).put("text", text(answer));
        message.put("unfurl_links", false);
        try {
            if (EMAIL.matcher(place).matches()) {
                String email = place.replaceFirst("^@", "");
                Said user = ask(
                        account.get(),
                        "users.lookupByEmail?email=" + URLEncoder.encode(email, StandardCharsets.UTF_8),
                        null);
                if (!user.isOk()) {
                    return user.carried(Json.object());
                }
                message.put("channel", user.body().path("user").path("id").asText());
            }
            String json = Json.text(message);
            return ask(account.get(), "chat.postMessage", json)
                    .carried(Shown.request(json))
                    .without(List.of(account.get().token()));
        } catch (CallFailed e) {
            return Carried.noAnswer(Shown.request(Json.text(message)), String.valueOf(e.getMessage()));
        }
    }

    private static String text(Answer answer) {
        String heading = answer.heading();
        String text = heading.isEmpty() ? answer.text() : "*" + escaped(heading) + "*\n" + answer.text();
        return Answer.cut(text, LONGEST);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** What Slack said: it answers 200 to almost everything. */
    private record Said(CallAnswer answer, JsonNode body) {
        boolean isOk() {
            return answer.isSuccess() && body.path("ok").asBoolean();
        }

        Carried carried(ObjectNode request) {
            if (!answer.isSuccess() || isOk()) {
                return Carried.byStatus(request, answer);
            }
            String error = body.path("error").asText("no error code");
            Carried.Verdict verdict = PASSING.contains(error) ? Carried.Verdict.FAILED : Carried.Verdict.REFUSED;
            return new Carried(verdict, request, answer, "Slack answered " + error, null);
        }
    }

    private Said ask(Account account, String method, @Nullable String json) throws CallFailed {
        Map<String, String> headers = Map.of("authorization", "Bearer " + account.token());
        String url = account.url() + "/" + method;
        CallAnswer answer;
        if (json == null) {
            answer = http.get(url, headers);
        } else {
            Map<String, String> more = Map.of(
                    "authorization", "Bearer " + account.token(), "content-type", "application/json; charset=utf-8");
            answer = http.post(url, more, json.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return new Said(answer, Json.MAPPER.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            return new Said(answer, Json.object().put("error", "something that is not JSON"));
        }
    }
}
