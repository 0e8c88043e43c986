/**
 * From a checked-out folder to tool definitions: YAML and JSON files are read here, Python modules are imported by
 * python3 inside a {@link ai.kubiya.server.source.discovery.PythonSandbox}. A broken file becomes a
 * {@link ai.kubiya.server.source.discovery.DiscoveryError} and never hides the rest. Nothing of the folder runs in this
 * process, and no link is followed out of it. Entry point: {@link ai.kubiya.server.source.discovery.Discovery}.
 */
@NullMarked
package ai.kubiya.server.source.discovery;

import org.jspecify.annotations.NullMarked;
