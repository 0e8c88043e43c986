package ai.kubiya.server.jobs;

import ai.kubiya.server.db.Transaction;
import java.time.Instant;

/** Jobs of one kind: sets and clears their timers. */
public final class JobKind {
    private final Jobs jobs;
    private final String name;
    private final Job job;

    JobKind(Jobs jobs, String name, Job job) {
        this.jobs = jobs;
        this.name = name;
        this.job = job;
    }

    String name() {
        return name;
    }

    Job job() {
        return job;
    }

    /**
     * Sets the time of a job, instead of the one that was set before. When the job is being done at this moment, it is
     * done once more at that time, whatever it answers.
     *
     * @param transaction with which the timer is set, or not
     */
    public void schedule(Transaction transaction, String id, Instant at) {
        jobs.schedule(transaction, this, id, at);
    }

    /** Takes the timer away. A job that is being done at this moment ends by itself. */
    public void cancel(Transaction transaction, String id) {
        jobs.cancel(transaction, this, id);
    }
}
