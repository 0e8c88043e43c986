/**
 * Policies: what an organisation says about tool executions, chat and applies before they happen. {@link
 * ai.kubiya.server.policy.Policies} is asked by those who do such things, {@link ai.kubiya.server.policy.PolicyService}
 * keeps the policies. Table: policy. What must stay true: whoever is told that a policy was changed is right about the next
 * decision of that server, and what cannot be decided is refused.
 */
@NullMarked
package ai.kubiya.server.policy;

import org.jspecify.annotations.NullMarked;
