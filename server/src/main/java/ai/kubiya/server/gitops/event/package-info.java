/**
 * What git hosts say of pushes and pull requests, in one form whoever says it, and whether it is really they who say it.
 */
@NullMarked
package ai.kubiya.server.gitops.event;

import org.jspecify.annotations.NullMarked;
