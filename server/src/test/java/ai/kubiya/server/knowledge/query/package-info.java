/** Tests of questions of existing clients. */
@NullMarked
package ai.kubiya.server.knowledge.query;

import org.jspecify.annotations.NullMarked;
