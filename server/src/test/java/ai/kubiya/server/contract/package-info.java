/** Holds the code and the API's description together. */
@NullMarked
package ai.kubiya.server.contract;

import org.jspecify.annotations.NullMarked;
