/**
 * Who did what, when, and whether it was allowed. Rows are written in the transaction of the change that they tell of and
 * never altered, which the database itself refuses; only age removes them. Table: audit_item.
 *
 * <p>{@link ai.kubiya.server.audit.AuditLog} writes, {@link ai.kubiya.server.audit.AuditTrail} reads, {@link
 * ai.kubiya.server.audit.AuditFollower} reads on while the trail grows.
 */
@NullMarked
package ai.kubiya.server.audit;

import org.jspecify.annotations.NullMarked;
