@NullMarked
package ai.kubiya.server.approval;

import org.jspecify.annotations.NullMarked;
