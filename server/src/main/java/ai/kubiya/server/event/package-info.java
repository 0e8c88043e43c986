/**
 * What happened in an organisation, for subscribers and streams: an outbox. A feature appends an event in the transaction
 * of the change that it tells of, so that both are there or neither. Table: event.
 */
@NullMarked
package ai.kubiya.server.event;

import org.jspecify.annotations.NullMarked;
