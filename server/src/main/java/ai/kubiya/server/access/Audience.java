package ai.kubiya.server.access;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Some of the people in an organisation: those in either list. What it means that both are empty is the user's to say: an
 * agent talks to everybody then.
 *
 * @param users ids or e-mails
 * @param groups ids or names
 */
public record Audience(List<String> users, List<String> groups) {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");

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
        return caller.groups().stream()
                .anyMatch(own -> ID.matcher(own).matches() ? own.equalsIgnoreCase(group) : own.equals(group));
    }
}
