package ai.kubiya.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, as generated code describes it.
 *
 * @param path with the names of its parameters
 * @param parameters their values, in order
 * @param body what is sent as JSON, or a file that is uploaded; null = nothing
 * @param idempotent whether the operation takes an idempotency key
 */
public record Call(
        String method,
        String path,
        List<String> parameters,
        @Nullable Object body,
        boolean idempotent,
        CallOptions options) {}
