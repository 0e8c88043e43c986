@NullMarked
package ai.kubiya.server.key;

import org.jspecify.annotations.NullMarked;
