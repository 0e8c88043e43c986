package ai.kubiya.server.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool as a model sees it.
 *
 * @param parameters a JSON schema of type object
 */
public record ModelTool(String name, String description, JsonNode parameters) {}
