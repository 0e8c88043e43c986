/** Tests of integrations. */
@NullMarked
package ai.kubiya.server.integration;

import org.jspecify.annotations.NullMarked;
