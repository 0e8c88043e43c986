package ai.kubiya.server.tool.run;

import ai.kubiya.protocol.RunLimits;

/**
 * What the operator allows runs.
 *
 * @param limits unless a tool or a call asks for another timeout
 * @param network give sandboxed tools the host's network even when they do not ask
 * @param requireContainers never run an image outside of a container
 */
public record RunSettings(RunLimits limits, boolean network, boolean requireContainers) {}
