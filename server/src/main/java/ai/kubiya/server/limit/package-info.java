/**
 * How often a key may be used, counted once for all servers on a database, and how often keys may be guessed.
 * Tables: request_count, server_process. Why it counts by itself: docs/decisions/0004-own-request-counts.md.
 */
@NullMarked
package ai.kubiya.server.limit;

import org.jspecify.annotations.NullMarked;
