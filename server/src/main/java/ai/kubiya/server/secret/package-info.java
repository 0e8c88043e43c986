/**
 * Secrets: values that tools need and nobody may see by accident. Table: secret. What must stay true: a value is sealed in
 * the database, opened only when a runner takes an execution or somebody asks for it by name, and in no answer, log, event
 * or audit entry besides.
 */
@NullMarked
package ai.kubiya.server.secret;

import org.jspecify.annotations.NullMarked;
