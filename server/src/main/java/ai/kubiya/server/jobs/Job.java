package ai.kubiya.server.jobs;

import java.time.Instant;
import java.util.Optional;

/** What is done when the time of a job of some kind has come. */
public interface Job {
    /**
     * Does it. One server at a time does so, but after a crash of a server the job is done again: look into the tables of
     * the feature what is left to do. A failure is logged and tried again later, at growing distances.
     *
     * @param id of the job, as it was scheduled
     * @return when to do it again; empty when it is done
     */
    Optional<Instant> run(String id);
}
