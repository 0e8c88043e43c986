package ai.kubiya.server.tool.run;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Secrets that came with the request which a run belongs to. */
public interface RequestSecrets {
    /** @param parent the execution that started the run */
    Map<String, String> of(UUID organizationId, @Nullable UUID parent);
}
