package ai.kubiya.server.gitops.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who sends events. The wire name is the lower-case name. */
public enum GitHost {
    GITHUB,
    GITLAB,
    /** Gitea and Forgejo. */
    GITEA,
    /** Anybody with git and curl. */
    GIT;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<GitHost> ofWireName(String name) {
        String wanted = name.equals("forgejo") ? "gitea" : name;
        return Arrays.stream(values())
                .filter(host -> host.wireName().equals(wanted))
                .findFirst();
    }
}
