/**
 * The API's description, {@code api/openapi.yaml}: serves it and holds requests against it before handlers see them. What it
 * does not describe passes unchecked.
 */
@NullMarked
package ai.kubiya.server.contract;

import org.jspecify.annotations.NullMarked;
