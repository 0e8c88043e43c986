/**
 * What an organisation knows: entries with their versions, whom they are for, and the history of each. Tables: knowledge,
 * knowledge_version. What must stay true: nobody reads an entry, a version of it or a passage but those whom its visibility
 * and its groups admit; {@link ai.kubiya.server.knowledge.Reader} is the one place that says who they are.
 */
@NullMarked
package ai.kubiya.server.knowledge;

import org.jspecify.annotations.NullMarked;
