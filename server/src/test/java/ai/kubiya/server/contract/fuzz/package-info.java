/** Requests that nobody thought of, made out of the API's description. */
@NullMarked
package ai.kubiya.server.contract.fuzz;

import org.jspecify.annotations.NullMarked;
