package ai.kubiya.server.event;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be subscribed to. Whoever appends an event of a new type adds it here. */
public final class EventTypes {
    public static final List<String> ALL = List.of(
            "execution.completed",
            "execution.failed",
            "execution.cancelled",
            "teammate.created",
            "teammate.updated",
            "teammate.deleted",
            "source.synced",
            "source.failed",
            "runner.online",
            "runner.offline",
            "project.plan.completed",
            "project.apply.completed",
            "project.apply.failed",
            "project.drift.detected",
            "task.started",
            "task.completed",
            "task.failed",
            "task.cancelled",
            "approval.requested",
            "approval.approved",
            "approval.rejected",
            "approval.expired",
            "approval.cancelled",
            "knowledge.created",
            "knowledge.updated",
            "knowledge.deleted");

    /** Comes when somebody asks for a test, to whichever webhook that is. */
    public static final String TEST = "webhook.test";

    private static final Set<String> RESOURCES =
            ALL.stream().map(type -> type.substring(0, type.indexOf('.'))).collect(Collectors.toSet());

    private EventTypes() {}

    /** Whether a subscription may name this: a type, {@code *} for all, or {@code source.*} for those of one resource. */
    public static boolean isKnown(String pattern) {
        return pattern.equals("*")
                || ALL.contains(pattern)
                || (pattern.endsWith(".*") && RESOURCES.contains(pattern.substring(0, pattern.length() - 2)));
    }

    /** Whether an event is one of those that a subscription names. */
    public static boolean match(String pattern, String type) {
        return pattern.equals("*")
                || pattern.equals(type)
                || (pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
