/**
 * The web layer: routing, authentication, errors, pages, streams. Knows no feature; features add their {@link ai.kubiya.server.http.Routes}.
 */
@NullMarked
package ai.kubiya.server.http;

import org.jspecify.annotations.NullMarked;
