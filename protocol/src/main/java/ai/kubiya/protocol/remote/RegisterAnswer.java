package ai.kubiya.protocol.remote;

import java.time.Duration;
import java.util.UUID;

/**
 * Answer to {@code register}, whose request is a {@link ProcessReport}.
 *
 * @param runner the name of the runner that the token belongs to
 * @param heartbeat how often the server wants a sign of life
 * @param patience how long the server keeps the runs of a runner that is silent
 */
public record RegisterAnswer(
        UUID id, String runner, String organization, String server, Duration heartbeat, Duration patience) {}
