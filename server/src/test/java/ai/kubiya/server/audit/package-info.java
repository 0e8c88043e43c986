@NullMarked
package ai.kubiya.server.audit;

import org.jspecify.annotations.NullMarked;
