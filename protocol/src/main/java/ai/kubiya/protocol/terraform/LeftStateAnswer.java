package ai.kubiya.protocol.terraform;

/**
 * Answer to {@code terraform/states/EXECUTION}.
 *
 * @param taken whether the state is the project's now
 * @param known whether the execution had handed it over before; where neither is so, the project has another's state
 */
public record LeftStateAnswer(boolean taken, boolean known) {}
