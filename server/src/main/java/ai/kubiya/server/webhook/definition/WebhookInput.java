package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.JsonFields;
import ai.kubiya.server.outbound.OutboundHttp;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what clients say about webhooks. */
final class WebhookInput {
    private static final int LONGEST_SECRET = 500;
    private static final Set<String> OF_SIGNATURES = Set.of("type", "secret");

    private final OutboundHttp http;
    private final Targets targets;

    WebhookInput(OutboundHttp http, Targets targets) {
        this.http = http;
        this.targets = targets;
    }

    /**
     * What a client said.
     *
     * @param senderSecret what the sender of an incoming one signs with; null = not said
     */
    record Checked(Definition definition, boolean active, @Nullable String senderSecret) {}

    /**
     * Reads and checks.
     *
     * @param stored what is changed; null = it is new
     * @throws ApiException 400 naming every field that is wrong, 403 when the caller may not start what it would start
     */
    Checked read(Caller caller, ObjectNode body, Kind kind, @Nullable Webhook stored, boolean strict) {
        JsonFields fields = new JsonFields(body).ignore(WebhookJson.READ_ONLY);
        boolean active = active(fields);
        Checked checked =
                switch (kind) {
                    case OUTGOING -> new Checked(outgoing(fields, strict), active, null);
                    case INCOMING -> incoming(caller, fields, active, stored, strict);
                };
        fields.check(strict);
        return checked;
    }

    private static boolean active(JsonFields fields) {
        String status = fields.text("status", 20, "active");
        if (!List.of("active", "disabled").contains(status)) {
            fields.problem("/status", "must be active or disabled, got \"" + status + "\"");
        }
        return !status.equals("disabled");
    }

    private Outgoing outgoing(JsonFields fields, boolean strict) {
        Outgoing outgoing = Outgoing.of(fields);
        outgoing.check(fields, http, strict);
        return outgoing;
    }

    private Checked incoming(
            Caller caller, JsonFields fields, boolean active, @Nullable Webhook stored, boolean strict) {
        if (!caller.may(Scope.TOOLS_EXECUTE)) {
            throw ApiException.of(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "An incoming webhook starts agents in your name, so the key needs the scope "
                            + Scope.TOOLS_EXECUTE.wireName() + " besides " + Scope.WEBHOOKS_MANAGE.wireName() + ".");
        }
        Incoming wanted = Incoming.of(fields, strict);
        wanted.check(fields, http, strict);
        Incoming before = stored == null ? null : stored.incoming();
        Incoming incoming = targets.checked(caller, wanted, before, fields);
        String secret = senderSecret(fields, strict);
        SenderKind kept = stored != null && stored.signed() && before != null ? before.signature() : null;
        if (incoming.signature() != null && incoming.signature() != kept && secret == null) {
            fields.problem("/signature/secret", "is required: what the sender signs with");
        }
        return new Checked(incoming, active, secret);
    }

    private static @Nullable String senderSecret(JsonFields fields, boolean strict) {
        ObjectNode signature = fields.object("signature");
        signature.fieldNames().forEachRemaining(name -> {
            if (strict && !OF_SIGNATURES.contains(name)) {
                fields.problem("/signature/" + name, "is not a field of a signature; the fields are type and secret");
            }
        });
        JsonNode secret = signature.path("secret");
        if (secret.isMissingNode() || secret.isNull()) {
            return null;
        }
        if (!secret.isTextual() || secret.textValue().isBlank() || secret.textValue().length() > LONGEST_SECRET) {
            fields.problem(
                    "/signature/secret", "must be a text of at most " + LONGEST_SECRET + " characters, and not empty");
            return null;
        }
        String text = secret.textValue();
        if (signature.path("type").asText().equals(SenderKind.STANDARD.wireName()) && !isStandard(text)) {
            fields.problem("/signature/secret", "must be whsec_ and base64, as Standard Webhooks has it");
        }
        return text;
    }

    private static boolean isStandard(String secret) {
        try {
            return java.util.Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
