package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import java.util.Map;
import java.util.Optional;

/** Remembers the answers to writes that carried an {@code Idempotency-Key} (contract, section 2). */
public interface Replays {

    /** An answer as it was given the first time. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, Map<String, String> headers, String contentType, byte[] body) {}

    /**
     * Takes the key for this request, or finds what the first request with it was answered.
     *
     * @param fingerprint of method, path and body
     * @return empty when this is the first request, which must then {@link #keep} or {@link #release}
     * @throws ApiException 409 when the key came with another body, or its first request is not answered yet
     */
    Optional<Answer> claim(Caller caller, String key, byte[] fingerprint);

    void keep(Caller caller, String key, Answer answer);

    /** Nothing was done; the key may be used again. */
    void release(Caller caller, String key);
}
