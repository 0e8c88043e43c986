/** Client of the Kubiya REST API. Start with {@link ai.kubiya.sdk.KubiyaClient}. */
@NullMarked
package ai.kubiya.sdk;

import org.jspecify.annotations.NullMarked;
