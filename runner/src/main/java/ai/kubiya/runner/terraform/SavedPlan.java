package ai.kubiya.runner.terraform;

import org.jspecify.annotations.Nullable;

/**
 * A plan as Terraform saved it. It holds values of variables and states in the clear.
 *
 * @param file the plan file
 * @param lock the dependency lock file that goes with it; null = the code uses no providers
 */
@SuppressWarnings("ArrayRecordComponent")
public record SavedPlan(byte[] file, byte @Nullable [] lock) {

    /** Never prints what it holds. */
    @Override
    public String toString() {
        return "SavedPlan[" + file.length + " bytes]";
    }
}
