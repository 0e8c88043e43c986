/**
 * Runners as the server knows them. For now the embedded one, "local", which is there from the first start.
 */
@NullMarked
package ai.kubiya.server.runner;

import org.jspecify.annotations.NullMarked;
