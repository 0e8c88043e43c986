/**
 * Approvals: an execution waits until people agree that it runs. Tools, agents, tasks and steps of workflows ask for them
 * with a {@link ai.kubiya.server.approval.ApprovalRule}; {@link ai.kubiya.server.approval.Approvals} keeps what was asked
 * and decided. Table: approval. What must stay true: an execution that waits for approvals is released by the last of them
 * that is given, in the same transaction, and never runs after one was refused.
 */
@NullMarked
package ai.kubiya.server.approval;

import org.jspecify.annotations.NullMarked;
