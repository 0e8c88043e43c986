@NullMarked
package ai.kubiya.server.jobs;

import org.jspecify.annotations.NullMarked;
