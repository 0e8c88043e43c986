/** Events of git hosts, from what they send to what they are told. */
@NullMarked
package ai.kubiya.server.gitops;

import org.jspecify.annotations.NullMarked;
