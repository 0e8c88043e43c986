/** Work that comes round by itself. */
@NullMarked
package ai.kubiya.server.jobs;

import org.jspecify.annotations.NullMarked;
