/** What installs a runner: a manifest for Kubernetes and values for our Helm chart. Rendering alone; routes are above. */
@NullMarked
package ai.kubiya.server.runner.install;

import org.jspecify.annotations.NullMarked;
