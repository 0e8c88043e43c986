package ai.kubiya.server.webhook.incoming;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.webhook.definition.Communication;
import ai.kubiya.server.webhook.incoming.sender.Posted;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** Where senders post to. No key: whoever knows a webhook's url may. */
public final class HookRoutes implements Routes {
    private static final long LARGEST = 5L << 20;
    /** Shorter than clients usually wait. */
    private static final int USUAL_WAIT = 25;

    private static final int LONGEST_WAIT = 600;

    private final Reception reception;
    private final ReceivedEvents events;

    public HookRoutes(Reception reception, ReceivedEvents events) {
        this.reception = reception;
        this.events = events;
    }

    @Override
    public void addTo(Router router) {
        router.add(Router.Route.open("POST", "/hooks/{token}", this::receive).withBodyLimit(LARGEST));
    }

    private Response receive(Request request) throws IOException, InterruptedException {
        String token = request.parameter("token");
        reception.open(token);
        boolean wait = request.queryFlag("wait");
        Duration atMost = Duration.ofSeconds(request.number("timeout", USUAL_WAIT, 1, LONGEST_WAIT));
        Reception.Receipt receipt = reception.accept(
                token, new Posted(request.headers(), text(request.body().readAllBytes())));
        UUID event = receipt.event();
        if (event == null) {
            return Response.ok(Json.object().put("challenge", receipt.challenge()));
        }
        boolean answers = receipt.webhook().incoming().communication().method() == Communication.Method.HTTP;
        if (wait && answers) {
            ReceivedEvent ended = events.await(receipt.webhook().organizationId(), event, atMost);
            if (ended.status().isOver()) {
                return Response.ok(ReceivedEventJson.outcome(ended, events.result(ended)));
            }
        }
        ObjectNode accepted = Json.object()
                .put("id", event.toString())
                .put("status", EventStatus.ACCEPTED.wireName())
                .put("duplicate", receipt.duplicate());
        return Response.json(202, accepted);
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.of(ErrorCode.INVALID_JSON, "The event is not valid UTF-8, which JSON must be in.", e);
        }
    }
}
