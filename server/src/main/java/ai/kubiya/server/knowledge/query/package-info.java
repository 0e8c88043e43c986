/**
 * Questions to the knowledge base as existing clients ask them ({@code /api/query}): the answer is the passages that fit, with
 * what they are from. No model is asked, so it works without one.
 */
@NullMarked
package ai.kubiya.server.knowledge.query;

import org.jspecify.annotations.NullMarked;
