/**
 * The runner as a program of its own, which gets its work from a server over HTTPS. Start at
 * {@link ai.kubiya.runner.remote.RunnerProgram}. It only dials out. What must stay true: while the server is away runs go
 * on, and nothing of what they print is lost or reported twice; a run whose lease was lost is stopped; a token that is
 * refused ends the program.
 */
@NullMarked
package ai.kubiya.runner.remote;

import org.jspecify.annotations.NullMarked;
