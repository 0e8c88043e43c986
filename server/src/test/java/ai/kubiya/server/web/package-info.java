@NullMarked
package ai.kubiya.server.web;

import org.jspecify.annotations.NullMarked;
