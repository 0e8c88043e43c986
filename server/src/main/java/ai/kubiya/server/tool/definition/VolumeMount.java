package ai.kubiya.server.tool.definition;

/** A directory that a tool keeps between runs. */
public record VolumeMount(String name, String path) {}
