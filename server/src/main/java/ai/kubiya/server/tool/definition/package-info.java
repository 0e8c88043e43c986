/**
 * What a tool is: reading a definition from any spelling that real repositories use, writing it in the one of the API,
 * and checking the arguments of a call against it. Pure values, no storage and no HTTP; used by the API and by
 * discovery. Entry points: {@link ai.kubiya.server.tool.definition.ToolDefinitionParser} and
 * {@link ai.kubiya.server.tool.definition.ArgumentCheck}.
 */
@NullMarked
package ai.kubiya.server.tool.definition;

import org.jspecify.annotations.NullMarked;
