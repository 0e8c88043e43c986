package ai.kubiya.server.project.code;

import java.util.Map;

/**
 * Where a project's code is: a folder of a repository, or files. Neither: the code lives elsewhere.
 *
 * @param branch branch, tag or commit; empty = the repository's default
 * @param path folder within the repository; empty = its root
 * @param files contents by relative name
 */
public record CodeLocation(String url, String branch, String path, Map<String, String> files) {
    public static final CodeLocation ELSEWHERE = new CodeLocation("", "", "", Map.of());

    public CodeLocation {
        files = Map.copyOf(files);
    }

    public boolean isGit() {
        return !url.isEmpty();
    }

    public boolean isInline() {
        return !files.isEmpty();
    }

    public boolean isElsewhere() {
        return !isGit() && !isInline();
    }
}
