/**
 * API keys and the users behind them: who a key belongs to, and the first key of a new installation.
 * Tables: organization, app_user, api_key. A key is stored as its hash alone and shown once, when it is made.
 */
@NullMarked
package ai.kubiya.server.key;

import org.jspecify.annotations.NullMarked;
