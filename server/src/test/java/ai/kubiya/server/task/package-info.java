@NullMarked
package ai.kubiya.server.task;

import org.jspecify.annotations.NullMarked;
