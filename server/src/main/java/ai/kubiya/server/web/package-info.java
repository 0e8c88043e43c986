/**
 * The web app and the playground: files that browsers run, packaged into the server and served as they are. They use the
 * API as everybody does, signed in by {@link ai.kubiya.server.key.WebSessions}.
 */
@NullMarked
package ai.kubiya.server.web;

import org.jspecify.annotations.NullMarked;
