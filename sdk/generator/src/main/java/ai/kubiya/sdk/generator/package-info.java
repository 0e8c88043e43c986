/**
 * Writes what the SDKs know of the API from its description, so that none of them can lag behind it. What is written by
 * hand in each SDK is its transport: requests, retries, errors, pages, streams.
 */
@NullMarked
package ai.kubiya.sdk.generator;

import org.jspecify.annotations.NullMarked;
