/**
 * What passages mean, as vectors: a model that runs in this process makes them, a queue in the database says which are
 * missing, and those of an organisation are scanned in memory, or found with pgvector where they have no room there and the
 * database has it. Tables: knowledge_vector, knowledge_unembedded. What must stay true: the model is loaded when it is first
 * needed and not before, what is in memory is bounded, and it is never the truth: whatever is found in it is looked up in the
 * database.
 */
@NullMarked
package ai.kubiya.server.knowledge.meaning;

import org.jspecify.annotations.NullMarked;
