package ai.kubiya.server.webhook.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a client may say about a webhook. */
public sealed interface Definition permits Outgoing, Incoming {
    Kind kind();

    /** For people and the audit trail; no secret, no token of a url. */
    String title();

    /** The fields as a client would send them; also the form in which they are stored. */
    ObjectNode toJson();
}
