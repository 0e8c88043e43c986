/**
 * Which processes of runners live, and how they do. {@link ai.kubiya.server.runner.presence.Presence} takes their signs of
 * life and finds those that are silent. Tables: runner_process, embedded_runner, and the columns online and last_seen_at
 * of runner. What must stay true: subscribers hear of every change between online and offline once, however many servers
 * there are.
 */
@NullMarked
package ai.kubiya.server.runner.presence;

import org.jspecify.annotations.NullMarked;
