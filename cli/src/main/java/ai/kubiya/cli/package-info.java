/**
 * The command line. {@link ai.kubiya.cli.Main} builds the commands: the same verbs for every resource of {@link
 * ai.kubiya.cli.Resource}, and the resource's own.
 */
@NullMarked
package ai.kubiya.cli;

import org.jspecify.annotations.NullMarked;
