/** What is started: the interpreter of a tool's content and the environment it sees. */
@NullMarked
package ai.kubiya.runner.script;

import org.jspecify.annotations.NullMarked;
