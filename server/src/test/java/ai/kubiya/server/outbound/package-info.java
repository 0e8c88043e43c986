@NullMarked
package ai.kubiya.server.outbound;

import org.jspecify.annotations.NullMarked;
