/**
 * Encryption of values that are kept. {@link ai.kubiya.server.crypto.Vault} seals and opens them, {@link
 * ai.kubiya.server.crypto.MasterKeys} has the keys and changes them. Table: master_key. What must stay true: whatever the
 * database holds sealed can be opened with the keys that are written down, at every moment of a change of keys.
 */
@NullMarked
package ai.kubiya.server.crypto;

import org.jspecify.annotations.NullMarked;
