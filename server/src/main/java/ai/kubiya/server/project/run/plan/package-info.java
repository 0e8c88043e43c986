/**
 * Plans as Terraform writes them: its JSON form, what is sensitive in it, and a summary for people. {@link
 * ai.kubiya.server.project.run.plan.PlanDocument} reads one; {@link ai.kubiya.server.project.run.plan.SealedPlans} keeps them.
 */
@NullMarked
package ai.kubiya.server.project.run.plan;

import org.jspecify.annotations.NullMarked;
