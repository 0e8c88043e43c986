/**
 * Knowledge that is declared to be elsewhere, as Terraform's {@code kubiya_external_knowledge} does. Table: external_knowledge.
 * It is kept and listed; nothing is fetched from there.
 */
@NullMarked
package ai.kubiya.server.knowledge.external;

import org.jspecify.annotations.NullMarked;
