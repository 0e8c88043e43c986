@NullMarked
package ai.kubiya.runner.template;

import org.jspecify.annotations.NullMarked;
