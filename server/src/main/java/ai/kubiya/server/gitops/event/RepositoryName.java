package ai.kubiya.server.gitops.event;

import ai.kubiya.server.source.git.GitLocation;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository whatever its url is written like: {@code github.com/org/name}. */
public final class RepositoryName {
    private static final Pattern SCP = Pattern.compile("(?:[^@/]+@)?([^:/]+):(?!//)(.+)");
    private static final Pattern URL = Pattern.compile("[a-z+]+://(?:[^@/]*@)?([^/:]+)(?::(\\d+))?/(.+)");
    private static final Pattern USUAL_PORT = Pattern.compile("22|80|443|9418");

    private RepositoryName() {}

    /** The name; two urls of one repository have the same. */
    public static String of(String url) {
        String repository = GitLocation.of(url).repository().toLowerCase(Locale.ROOT);
        Matcher there = URL.matcher(repository);
        if (there.matches()) {
            boolean usual =
                    there.group(2) == null || USUAL_PORT.matcher(there.group(2)).matches();
            return there.group(1) + (usual ? "" : ":" + there.group(2)) + "/" + path(there.group(3));
        }
        Matcher scp = SCP.matcher(repository);
        return scp.matches() ? scp.group(1) + "/" + path(scp.group(2)) : path(repository.replaceFirst("^file://", ""));
    }

    private static String path(String path) {
        return path.replaceAll("^/+|/+$", "").replaceAll("\\.git$", "").replaceAll("/{2,}", "/");
    }
}
