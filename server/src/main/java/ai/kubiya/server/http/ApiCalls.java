package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;

/** Calls of this API that the server makes itself, in somebody's name and with no more than that key's scopes. */
@FunctionalInterface
public interface ApiCalls {
    /**
     * Makes a call. Answers errors as answers too.
     *
     * @param target path and query
     * @param body JSON; empty = none
     * @throws InterruptedException when the server stops
     */
    Answer call(Caller caller, String method, String target, byte[] body) throws InterruptedException;

    /** What came back; the body is a text, as a rule JSON. */
    record Answer(int status, String body) {}
}
