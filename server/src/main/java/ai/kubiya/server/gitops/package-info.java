/**
 * GitOps: what git hosts tell of pushes and pull requests becomes plans of the projects concerned. {@code hook} is who may
 * tell, {@code event} what they say, {@code delivery} what becomes of it, {@code status} what they are told in return.
 *
 * <p>What must stay true: an event is stored before it is answered, and has its effect once, however often it is sent; a
 * pull request is never applied; whoever does not have the secret learns nothing.
 */
@NullMarked
package ai.kubiya.server.gitops;

import org.jspecify.annotations.NullMarked;
