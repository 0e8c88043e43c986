package ai.kubiya.server.webhook.definition;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.JsonFields;
import org.jspecify.annotations.Nullable;

/** Knows what incoming webhooks can start. */
public interface Targets {
    /**
     * Looks at what a webhook is to start.
     *
     * @param stored what it started until now, which is not looked at again; null = it is new
     * @param fields notes what is wrong
     * @return the same with an agent's id in place of its name
     */
    Incoming checked(Caller caller, Incoming wanted, @Nullable Incoming stored, JsonFields fields);
}
