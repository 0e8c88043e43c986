/** Tests of projects. */
@NullMarked
package ai.kubiya.server.project;

import org.jspecify.annotations.NullMarked;
