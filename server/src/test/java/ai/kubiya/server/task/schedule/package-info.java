@NullMarked
package ai.kubiya.server.task.schedule;

import org.jspecify.annotations.NullMarked;
