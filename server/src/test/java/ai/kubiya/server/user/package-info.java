@NullMarked
package ai.kubiya.server.user;

import org.jspecify.annotations.NullMarked;
