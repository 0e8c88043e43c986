package ai.kubiya.server.project.run.work;

import ai.kubiya.server.project.Project;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.project.run.plan.SealedPlans;
import org.jspecify.annotations.Nullable;

/**
 * All that Terraform needs for a run but the state. Its code is in a folder.
 *
 * @param module the folder to work in, relative to the code
 * @param saved the plan to apply; null = plan
 */
public record PreparedRun(
        ProjectRun run, Project project, String module, RunInputs inputs, SealedPlans.@Nullable Saved saved) {

    /** Never prints values. */
    @Override
    public String toString() {
        return "PreparedRun[" + run.id() + "]";
    }
}
