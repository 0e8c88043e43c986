package ai.kubiya.runner.terraform;

import org.jspecify.annotations.Nullable;

/** Says to a job that it has to end before its time. */
public final class TerraformStop {
    private volatile @Nullable Reason reason;
    private volatile boolean hard;

    /** Why. */
    public enum Reason {
        CANCELLED("it was cancelled"),
        DRAINED("whoever ran it was stopped"),
        ABANDONED("its lease was lost");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Interrupts; whoever says it first is heard. */
    public synchronized void stop(Reason why) {
        if (reason == null) {
            reason = why;
        }
    }

    /** Does not wait any longer for Terraform to end by itself. */
    public void kill() {
        hard = true;
    }

    public @Nullable Reason reason() {
        return reason;
    }

    boolean isHard() {
        return hard;
    }
}
