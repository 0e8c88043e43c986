/**
 * Language models: which are configured, how one is called, and what comes back.
 *
 * <p>Entry points: {@link ai.kubiya.server.model.ModelSettings#read} for the settings, {@link
 * ai.kubiya.server.model.Models} for a model by name, {@link ai.kubiya.server.model.ModelTurn} for one step of a
 * conversation. LangChain4j speaks the providers' protocols and stays behind this package: everything else sees {@link
 * ai.kubiya.server.model.ModelMessage} and {@link ai.kubiya.server.model.ModelEvent}.
 *
 * <p>What must stay true: an API key is in no message, log line or {@code toString}; a call blocks its (virtual) thread
 * and ends when it is cancelled; nothing is asked of the provider twice once a reader has seen a part of the answer.
 */
@NullMarked
package ai.kubiya.server.model;

import org.jspecify.annotations.NullMarked;
