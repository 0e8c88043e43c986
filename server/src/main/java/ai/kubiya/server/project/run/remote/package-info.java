/**
 * Runs whose Terraform is driven by a remote runner. The server gets them ready and ends them as it does its own; what lies
 * between goes there as an archive and comes back as one. A runner proves with its lease that a run is in its hands, and
 * every call may be repeated on any server: nothing is kept between two of them but a sealed ticket that the runner carries.
 *
 * <p>What must stay true: a runner gets the values of runs that it holds and of no others; what it sends is bounded.
 */
@NullMarked
package ai.kubiya.server.project.run.remote;

import org.jspecify.annotations.NullMarked;
