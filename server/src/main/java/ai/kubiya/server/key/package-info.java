/**
 * API keys: who a key belongs to, what it may do, and the keys that an operator makes without having one. Table: api_key. A
 * key is stored as its hash alone and shown once, when it is made. What a key may do is remembered in memory and forgotten
 * at once, in every server process, when the key, its user or a group changes.
 */
@NullMarked
package ai.kubiya.server.key;

import org.jspecify.annotations.NullMarked;
