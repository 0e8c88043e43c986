/**
 * Language models of an organisation's own, in place of the server's. Table: organization_model. The key is sealed by the
 * vault and never answered.
 */
@NullMarked
package ai.kubiya.server.model.organization;

import org.jspecify.annotations.NullMarked;
