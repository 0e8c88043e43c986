/**
 * Finds entries and passages: by their words in the database, by their meaning as vectors, both fused by reciprocal rank. What
 * must stay true: whatever is shown was asked for in the database with the reader's condition, and a search is the same for
 * each of its pages.
 */
@NullMarked
package ai.kubiya.server.knowledge.search;

import org.jspecify.annotations.NullMarked;
