package ai.kubiya.server.model;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider's refusal with what the library's own exception leaves out: when to come back. */
final class ModelHttpException extends HttpException {
    private final @Nullable Duration retryAfter;

    ModelHttpException(int status, String body, @Nullable Duration retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
