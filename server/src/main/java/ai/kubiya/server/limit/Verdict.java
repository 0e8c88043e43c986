package ai.kubiya.server.limit;

/**
 * What became of a request.
 *
 * @param counts with this request when it was admitted; else as they were, with a window that is full
 */
record Verdict(boolean admitted, Counts counts) {}
