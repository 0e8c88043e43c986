/**
 * Who did what, when, and whether it was allowed. Rows are written in the transaction of the change that they tell of and
 * never altered; only age removes them. Table: audit_item.
 */
@NullMarked
package ai.kubiya.server.audit;

import org.jspecify.annotations.NullMarked;
