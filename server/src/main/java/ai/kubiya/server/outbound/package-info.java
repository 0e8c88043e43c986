/**
 * HTTP calls to addresses that users name: deliveries, answers. What must stay true: no connection to an internal address
 * unless the operator allows them, and no call takes longer or reads more than its limits say.
 */
@NullMarked
package ai.kubiya.server.outbound;

import org.jspecify.annotations.NullMarked;
