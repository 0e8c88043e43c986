/**
 * Sources: where tools come from. A git repository, an uploaded zip or tools sent inline; added, loaded without saving, synced.
 * Tables: source, tool (shared with the tool package, which reads it). What must stay true: a source is saved together with its
 * tools in one transaction or not at all, and a failed sync leaves the tools of the last good one in place.
 */
@NullMarked
package ai.kubiya.server.source;

import org.jspecify.annotations.NullMarked;
