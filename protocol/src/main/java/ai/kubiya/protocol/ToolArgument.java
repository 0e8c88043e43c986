package ai.kubiya.protocol;

/**
 * An argument that a tool declares.
 *
 * @param name its name in the template and in the environment
 * @param type {@code string}, {@code int}, {@code float}, {@code bool}, {@code object}, {@code array} or {@code file}
 */
public record ToolArgument(String name, String type) {}
