/**
 * Answers to writes that carried an {@code Idempotency-Key}, kept for a day. A key belongs to the API key that sent it.
 * Table: idempotent_request.
 */
@NullMarked
package ai.kubiya.server.idempotency;

import org.jspecify.annotations.NullMarked;
