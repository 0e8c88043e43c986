/** Tests of uploaded files. */
@NullMarked
package ai.kubiya.server.knowledge.file;

import org.jspecify.annotations.NullMarked;
