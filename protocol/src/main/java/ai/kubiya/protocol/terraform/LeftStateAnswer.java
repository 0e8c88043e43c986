package ai.kubiya.protocol.terraform;

/**
 * Answer to {@code terraform/states/EXECUTION}.
 *
 * @param taken whether the state is the project's now; what is there already may be as new, or another's
 */
public record LeftStateAnswer(boolean taken) {}
