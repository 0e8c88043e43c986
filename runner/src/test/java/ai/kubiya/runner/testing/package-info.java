/** What tests of the runner share: a server's side that tests script, and runs in few words. */
@NullMarked
package ai.kubiya.runner.testing;

import org.jspecify.annotations.NullMarked;
