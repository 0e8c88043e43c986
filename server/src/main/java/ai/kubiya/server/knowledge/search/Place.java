package ai.kubiya.server.knowledge.search;

import java.util.UUID;

/**
 * Where a passage stands.
 *
 * @param position 0 for the first of the entry
 * @param start where it begins in that version's content
 */
public record Place(UUID entry, int version, int position, int start, int end) {}
