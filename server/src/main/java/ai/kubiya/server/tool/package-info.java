/**
 * Tools: read, searched and run by name. Definitions come from sources; those created through the API live in an inline
 * source of their own. Table: tool. What must stay true: a name is unique within its source, never across sources.
 */
@NullMarked
package ai.kubiya.server.tool;

import org.jspecify.annotations.NullMarked;
