package ai.kubiya.server.source.discovery;

/**
 * One file that could not be read, or one definition in it.
 *
 * @param file path from the root of the source
 * @param type what kind of failure; an exception's name for Python
 * @param traceback where it happened, empty when there is nothing to show
 */
public record DiscoveryError(String file, String type, String error, String traceback) {}
