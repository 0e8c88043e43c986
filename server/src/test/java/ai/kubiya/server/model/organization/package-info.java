@NullMarked
package ai.kubiya.server.model.organization;

import org.jspecify.annotations.NullMarked;
