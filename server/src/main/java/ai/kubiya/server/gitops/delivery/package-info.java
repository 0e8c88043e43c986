/**
 * Events that were taken, the plans they led to, and the word about those to the git host. Tables: gitops_delivery,
 * gitops_run.
 */
@NullMarked
package ai.kubiya.server.gitops.delivery;

import org.jspecify.annotations.NullMarked;
