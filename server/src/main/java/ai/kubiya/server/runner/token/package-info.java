/**
 * Tokens that runners come with. A token opens the routes of runners' work and nothing else; a key of a user does not open
 * those. Table: runner_token. What must stay true: a token is shown once, when it is made, and kept as a hash.
 */
@NullMarked
package ai.kubiya.server.runner.token;

import org.jspecify.annotations.NullMarked;
