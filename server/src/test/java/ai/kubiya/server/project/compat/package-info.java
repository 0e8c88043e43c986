/** Tests of the addresses under which older clients know projects. */
@NullMarked
package ai.kubiya.server.project.compat;

import org.jspecify.annotations.NullMarked;
