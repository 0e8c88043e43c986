/**
 * Runs tools as Jobs of Kubernetes. One run is one Job with one pod; its scripts, files and secrets are in a Secret that
 * goes with it. What must stay true: nothing of a run is left in the cluster when it is closed, and a Job that this runner
 * left behind when it was killed is removed by the next one of the same name.
 */
@NullMarked
package ai.kubiya.runner.kubernetes;

import org.jspecify.annotations.NullMarked;
