/**
 * Tools that the platform itself brings for agents. A call is an execution like that of any other tool, so policies, approvals,
 * logs and events are the same; what it does are requests to this API in the name and with the scopes of whoever speaks to the
 * agent. What must stay true: nothing here reaches further than that key does.
 */
@NullMarked
package ai.kubiya.server.tool.builtin;

import org.jspecify.annotations.NullMarked;
