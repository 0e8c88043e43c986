/**
 * The API server: {@link ai.kubiya.server.Main} reads the command, {@link ai.kubiya.server.Server} wires everything
 * on one page. Each other package is one word of the domain with its routes, service, store and records.
 */
@NullMarked
package ai.kubiya.server;

import org.jspecify.annotations.NullMarked;
