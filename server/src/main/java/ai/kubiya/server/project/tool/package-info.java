/** What agents can do with projects: list and plan them, explain a plan, apply it once people agreed, read outputs. */
@NullMarked
package ai.kubiya.server.project.tool;

import org.jspecify.annotations.NullMarked;
