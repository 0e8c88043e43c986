/**
 * Runs of projects: a plan, and its apply once somebody approved it. Each of the two is an execution; the run is the record
 * that ties them together. {@link ai.kubiya.server.project.run.RunService} decides, {@code RunQueue} lets one run at a time
 * hold a project, {@code project.run.work} does the work, {@code project.run.plan} reads plans.
 *
 * <p>Owns the table {@code project_run}. What must stay true: at most one run of a project is at work, also with several
 * servers; a plan is applied as it was saved, at the same commit, and only while code, values and state are what they
 * were; every status that is at work has an execution, and follows it when that ends by itself.
 */
@NullMarked
package ai.kubiya.server.project.run;

import org.jspecify.annotations.NullMarked;
