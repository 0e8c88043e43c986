@NullMarked
package ai.kubiya.server.runner;

import org.jspecify.annotations.NullMarked;
