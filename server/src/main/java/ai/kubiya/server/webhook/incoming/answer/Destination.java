package ai.kubiya.server.webhook.incoming.answer;

import ai.kubiya.server.webhook.delivery.Carried;

/** Brings an answer somewhere. */
interface Destination {
    /** @param place as the webhook's communication names it */
    Carried post(Answer answer, String place);
}
