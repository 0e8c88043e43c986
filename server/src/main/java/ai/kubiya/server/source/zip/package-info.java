/**
 * Reads uploaded zip files: multipart forms, and archives that may be broken, huge or hostile.
 */
@NullMarked
package ai.kubiya.server.source.zip;

import org.jspecify.annotations.NullMarked;
