@NullMarked
package ai.kubiya.server.docs;

import org.jspecify.annotations.NullMarked;
