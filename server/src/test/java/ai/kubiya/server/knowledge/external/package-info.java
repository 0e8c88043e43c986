/** Tests of knowledge that is elsewhere. */
@NullMarked
package ai.kubiya.server.knowledge.external;

import org.jspecify.annotations.NullMarked;
