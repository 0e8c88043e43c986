/**
 * Integrations: what an organisation is connected to, each with one or more configurations. Table: integration. What must
 * stay true: the value of a credential is sealed in the database and in no answer.
 */
@NullMarked
package ai.kubiya.server.integration;

import org.jspecify.annotations.NullMarked;
