package ai.kubiya.server.webhook.incoming.answer;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.integration.Integrations;
import ai.kubiya.server.outbound.CallAnswer;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.webhook.delivery.Carried;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Says the answer in a channel of Teams, as an adaptive card that is posted to the channel's webhook: a url that the
 * channel's owner makes in Teams and that an integration keeps.
 */
public final class TeamsPost implements Destination {
    private static final List<String> TYPES = List.of("teams", "ms_teams", "microsoft_teams");
    private static final List<String> URLS = List.of("webhook_url", "incoming_webhook_url", "url");
    private static final List<String> SECRETS = List.of("TEAMS_WEBHOOK_URL");
    /** Teams takes 28 KB in all. */
    private static final int LONGEST = 20_000;

    private final Accounts accounts;
    private final OutboundHttp http;

    public TeamsPost(Accounts accounts, OutboundHttp http) {
        this.accounts = accounts;
        this.http = http;
    }

    /** A channel of a team, in the three ways in which clients write it. */
    private record Channel(String team, String name) {
        static Channel of(String place) {
            String json = place.startsWith("#{") ? place.substring(1) : place;
            if (json.startsWith("{")) {
                try {
                    JsonNode object = Json.MAPPER.readTree(json);
                    return new Channel(
                            object.path("team_name").asText(),
                            object.path("channel_name").asText());
                } catch (JsonProcessingException e) {
                    return new Channel("", place);
                }
            }
            int colon = place.indexOf(':');
            return colon < 0
                    ? new Channel("", place.replaceFirst("^#", ""))
                    : new Channel(place.substring(0, colon), place.substring(colon + 1));
        }

        /** Whether a configuration of this name is for the channel. */
        boolean isNamed(String configuration) {
            return configuration.equalsIgnoreCase(team + ":" + name)
                    || configuration.equalsIgnoreCase(team + "/" + name)
                    || configuration.equalsIgnoreCase(name);
        }

        @Override
        public String toString() {
            return team.isEmpty() ? name : team + ":" + name;
        }
    }

    /** The url of the channel's own configuration; else that of the default one, when it does not name a channel. */
    private Optional<String> url(UUID organizationId, String place) {
        if (place.startsWith("https://") || place.startsWith("http://")) {
            return Optional.of(place);
        }
        Channel channel = Channel.of(place);
        List<Integrations.Connection> all = TYPES.stream()
                .flatMap(type -> accounts.connections(organizationId, type).stream())
                .toList();
        Optional<String> own = all.stream()
                .filter(connection -> channel.isNamed(connection.name()))
                .findFirst()
                .flatMap(connection -> Accounts.field(connection.fields(), URLS));
        return own.or(() -> all.stream()
                        .filter(connection -> connection.name().equalsIgnoreCase("default"))
                        .findFirst()
                        .flatMap(connection -> Accounts.field(connection.fields(), URLS)))
                .or(() -> accounts.secret(organizationId, SECRETS));
    }

    @Override
    public Carried post(Answer answer, String place) {
        Optional<String> url = url(answer.webhook().organizationId(), place);
        if (url.isEmpty()) {
            return Carried.refused(
                    Json.object(),
                    "there is no integration of the type teams with a configuration named \"" + Channel.of(place)
                            + "\" or \"default\" that has a webhook_url, and no secret TEAMS_WEBHOOK_URL");
        }
        String json = Json.text(card(answer));
        ObjectNode shown = Shown.request(json);
        try {
            Map<String, String> headers = Map.of("content-type", "application/json");
            CallAnswer got = http.post(url.get(), headers, json.getBytes(StandardCharsets.UTF_8));
            // Older connectors answer 200 and say in the body that it did not work.
            return got.isSuccess() && got.body().contains("Webhook message delivery failed")
                    ? new Carried(Carried.Verdict.FAILED, shown, got, "Teams could not deliver the message", null)
                    : Carried.byStatus(shown, got);
        } catch (CallFailed e) {
            return Carried.noAnswer(shown, String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode card(Answer answer) {
        ObjectNode message = Json.object().put("type", "message");
        ObjectNode attachment = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.putNull("contentUrl");
        ObjectNode card = attachment
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode body = card.putArray("body");
        if (!answer.heading().isEmpty()) {
            body.addObject()
                    .put("type", "TextBlock")
                    .put("text", answer.heading())
                    .put("weight", "Bolder")
                    .put("wrap", true);
        }
        body.addObject()
                .put("type", "TextBlock")
                .put("text", Answer.cut(answer.text(), LONGEST))
                .put("wrap", true);
        return message;
    }
}
