@NullMarked
package ai.kubiya.server.crypto;

import org.jspecify.annotations.NullMarked;
