/**
 * Pieces of entries: what is searched, and what an agent is told. Tables: knowledge_chunk, knowledge_word, knowledge_index,
 * knowledge_gone. What must stay true: pieces change in the transaction of their entry, and so does the revision that servers
 * compare with what they have in memory.
 */
@NullMarked
package ai.kubiya.server.knowledge.passage;

import org.jspecify.annotations.NullMarked;
