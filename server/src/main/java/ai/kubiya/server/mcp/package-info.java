/**
 * Tools for clients of the Model Context Protocol, at {@code /mcp}: the small part of it that needs no session. It speaks the
 * revision 2026-07-28, in which every request stands for itself, and the older ones that begin with {@code initialize};
 * nothing is remembered between requests in either. Each call of a tool is an execution like any other.
 */
@NullMarked
package ai.kubiya.server.mcp;

import org.jspecify.annotations.NullMarked;
