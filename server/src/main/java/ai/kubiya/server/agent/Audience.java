package ai.kubiya.server.agent;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.http.Uuids;
import java.util.List;
import java.util.UUID;

/**
 * Whom an agent talks to: those in either list, everybody in the organisation when both are empty.
 *
 * @param users ids or e-mails
 * @param groups ids or names
 */
public record Audience(List<String> users, List<String> groups) {
    public Audience {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
    }

    public boolean isEverybody() {
        return users.isEmpty() && groups.isEmpty();
    }

    public boolean admits(Caller caller) {
        return isEverybody()
                || users.stream().map(String::strip).anyMatch(user -> isUser(user, caller))
                || groups.stream().map(String::strip).anyMatch(group -> isGroup(group, caller));
    }

    private static boolean isUser(String user, Caller caller) {
        return user.equalsIgnoreCase(caller.email())
                || user.equalsIgnoreCase(caller.userId().toString());
    }

    /** Names to the letter; ids however they are written. No group's name looks like an id. */
    private static boolean isGroup(String group, Caller caller) {
        return caller.groups().contains(Uuids.parse(group).map(UUID::toString).orElse(group));
    }
}
