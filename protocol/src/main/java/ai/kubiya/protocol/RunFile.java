package ai.kubiya.protocol;

/**
 * A file placed before the tool starts. Readable and executable by the tool, gone after the run.
 *
 * @param destination absolute path as the tool sees it; {@code ~} and relative paths are of its home and working
 *     directory
 * @param content UTF-8 text
 */
public record RunFile(String destination, String content) {}
