@NullMarked
package ai.kubiya.server.mcp;

import org.jspecify.annotations.NullMarked;
