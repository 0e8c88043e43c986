/**
 * What a run of Terraform shows in place of a key: good for the state of its project alone, and only while its execution
 * is not over. Table: project_run_token.
 */
@NullMarked
package ai.kubiya.server.state.token;

import org.jspecify.annotations.NullMarked;
