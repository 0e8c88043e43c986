/**
 * The documentation at {@code /docs}: the repository's own pages, packaged as they are and rendered when somebody reads them,
 * and a reference that is made from the API's description. Links work here as they do on a git host; where a page is served
 * follows from where its file is.
 */
@NullMarked
package ai.kubiya.server.docs;

import org.jspecify.annotations.NullMarked;
