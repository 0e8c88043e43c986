package ai.kubiya.protocol;

/**
 * A directory that outlives the run: the same name is the same directory for every run of the organisation.
 *
 * @param name what the tool calls it
 * @param path absolute path as the tool sees it
 */
public record RunVolume(String name, String path) {}
