package ai.kubiya.server.model;

/**
 * One request to a provider, seen by both ends of the library: {@link ModelTurn} starts it, {@link ModelHttpClient}
 * carries it out. LangChain4j has no parameter that would reach its HTTP client, hence the scoped value.
 */
final class ModelCall {
    static final ScopedValue<ModelCall> CURRENT = ScopedValue.newInstance();

    private final Cancellation cancellation = new Cancellation();
    private boolean endMarkerSeen;

    /** Cancels this request only; a step that is tried again has several. */
    Cancellation cancellation() {
        return cancellation;
    }

    void sawEndMarker() {
        endMarkerSeen = true;
    }

    /** Whether the {@code [DONE]} of the OpenAI protocol came, which tells an answer's end from a broken connection. */
    boolean endMarkerSeen() {
        return endMarkerSeen;
    }
}
