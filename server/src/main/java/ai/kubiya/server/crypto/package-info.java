/** Encryption of values that are kept: {@link ai.kubiya.server.crypto.Vault} seals and opens them under the master key. */
@NullMarked
package ai.kubiya.server.crypto;

import org.jspecify.annotations.NullMarked;
