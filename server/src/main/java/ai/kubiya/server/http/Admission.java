package ai.kubiya.server.http;

import ai.kubiya.server.access.Caller;
import java.util.Map;

/** Keeps those who ask too much from costing more than a refusal. */
public interface Admission {
    /**
     * Counts a request of a key that was found good.
     *
     * @return headers for the answer, whatever that will be
     * @throws ApiException 429 with the same headers and {@code Retry-After}
     */
    Map<String, String> admit(Caller caller);

    /**
     * Asks whether this address may try this key, before anybody looks it up.
     *
     * @throws ApiException 429 after too many wrong ones
     */
    void beforeKey(String address, String key);

    /** A key from this address was wrong. */
    void wrongKey(String address, String key);

    /** A key was good. */
    void goodKey(String key);
}
