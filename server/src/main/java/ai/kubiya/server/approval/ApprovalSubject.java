package ai.kubiya.server.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is to be agreed to.
 *
 * @param type {@code tool}, {@code agent}, {@code workflow} or {@code workflow_step}
 * @param name of it
 * @param details what it would do: arguments, a prompt
 */
public record ApprovalSubject(String type, String name, ObjectNode details) {}
