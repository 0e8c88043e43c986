package ai.kubiya.server.event;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that happened.
 *
 * @param type as subscribers name it: {@code source.synced}, {@code task.failed}, …
 * @param resourceType {@code source}, {@code task}, …
 * @param resourceId the resource's id; events of one resource can be delivered in their order
 * @param data what subscribers read; never a secret value
 */
public record NewEvent(String type, String resourceType, String resourceId, ObjectNode data) {}
