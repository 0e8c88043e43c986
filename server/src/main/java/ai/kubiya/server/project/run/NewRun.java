package ai.kubiya.server.project.run;

import ai.kubiya.runner.terraform.TerraformJob.Mode;
import java.util.List;

/**
 * A run to be queued.
 *
 * @param trigger what begins it, a word such as {@code api}, {@code push}, {@code pull_request}, {@code schedule}
 * @param message why, in words; may be empty
 * @param revision branch, tag or commit in place of the project's own; empty = the project's own
 * @param speculative a plan to look at, which nobody can apply
 * @param autoApply whether it is applied without anybody's approval; an apply is so too where the project says so
 * @param targets addresses to limit the plan to
 * @param replaces addresses of what is to be made anew
 */
public record NewRun(
        RunKind kind,
        Mode mode,
        String trigger,
        String message,
        String revision,
        boolean speculative,
        boolean autoApply,
        List<String> targets,
        List<String> replaces) {
    public NewRun {
        targets = List.copyOf(targets);
        replaces = List.copyOf(replaces);
    }

    /** Of the project as it is, for somebody to look at and to approve. */
    public static NewRun plan(String trigger) {
        return new NewRun(RunKind.PLAN, Mode.NORMAL, trigger, "", "", false, false, List.of(), List.of());
    }

    /** A plan and its apply. */
    public static NewRun apply(String trigger, boolean autoApply) {
        return new NewRun(RunKind.APPLY, Mode.NORMAL, trigger, "", "", false, autoApply, List.of(), List.of());
    }

    /** What is there, compared with what the state says: nothing is changed, and nobody can apply it. */
    public static NewRun drift(String trigger) {
        return new NewRun(RunKind.PLAN, Mode.REFRESH_ONLY, trigger, "", "", true, false, List.of(), List.of());
    }

    /** At another commit than the project's own, for somebody to look at and no more. */
    public NewRun speculativeAt(String other) {
        return new NewRun(kind, mode, trigger, message, other, true, false, targets, replaces);
    }

    public NewRun at(String other) {
        return new NewRun(kind, mode, trigger, message, other, speculative, autoApply, targets, replaces);
    }

    NewRun applied(boolean automatically) {
        return new NewRun(kind, mode, trigger, message, revision, speculative, automatically, targets, replaces);
    }

    public NewRun because(String words) {
        return new NewRun(kind, mode, trigger, words, revision, speculative, autoApply, targets, replaces);
    }
}
