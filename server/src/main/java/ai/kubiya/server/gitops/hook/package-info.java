/**
 * Hooks that git hosts call: who may, with what secret, and how commits are told how they fared. Table: gitops_hook.
 */
@NullMarked
package ai.kubiya.server.gitops.hook;

import org.jspecify.annotations.NullMarked;
