@NullMarked
package ai.kubiya.server.gitops.event;

import org.jspecify.annotations.NullMarked;
