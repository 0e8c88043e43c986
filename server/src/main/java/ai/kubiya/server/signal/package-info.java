/**
 * Wakes those who wait for a change in the database, on this server and on others that share it. A signal only says "look
 * again": what happened is in the tables, so a lost signal costs a moment and never a change.
 */
@NullMarked
package ai.kubiya.server.signal;

import org.jspecify.annotations.NullMarked;
