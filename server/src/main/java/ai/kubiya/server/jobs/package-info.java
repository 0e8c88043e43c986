/**
 * Work that comes round by itself. {@link ai.kubiya.server.jobs.Jobs} is for timers on the database: each job is done once,
 * by whichever server comes first, and survives all of them; {@link ai.kubiya.server.jobs.Housekeeping} is for chores of
 * this process. Table: job. What must stay true: a job says only "look again"; what there is to do stands in the tables of
 * its feature, so that doing a job twice, or late, changes nothing.
 */
@NullMarked
package ai.kubiya.server.jobs;

import org.jspecify.annotations.NullMarked;
