/**
 * Policies: expressions that must be true for a tool to run, an agent to be talked to or a project to be applied. {@link
 * ai.kubiya.server.policy.PolicyGuard} decides, {@link ai.kubiya.server.policy.PolicyService} keeps them. What must stay
 * true: a policy that cannot be evaluated denies, a change is in force with the next decision on every server, and no
 * secret's value is ever part of what a policy sees. Table: policy.
 */
@NullMarked
package ai.kubiya.server.policy;

import org.jspecify.annotations.NullMarked;
