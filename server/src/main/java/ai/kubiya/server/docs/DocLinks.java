package ai.kubiya.server.docs;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where files of the repository are served, and what links from one to another become. */
final class DocLinks {
    static final String ROOT = "/docs";
    static final String API = ROOT + "/api";

    private final Set<String> files;

    /** @param files paths in the repository */
    DocLinks(Set<String> files) {
        this.files = files;
    }

    /** {@code docs/tasks.md} is {@code /docs/tasks}; a folder's README stands for the folder. */
    static String urlOf(String file) {
        String path = file.replaceFirst("\\.md$", "").replaceFirst("^docs/", "");
        if (path.equals(path.toUpperCase(Locale.ROOT))) {
            path = path.toLowerCase(Locale.ROOT);
        }
        path = path.replaceFirst("(^|/)(README|readme)$", "");
        return path.isEmpty() ? ROOT : ROOT + "/" + path;
    }

    /**
     * What a link in a page becomes. Empty when it leads to a file that only the repository has.
     *
     * @param file the page's path in the repository
     */
    Optional<String> resolve(String file, String target) {
        if (target.startsWith("#") || target.startsWith("/") || target.matches("[a-z]+:.*")) {
            return Optional.of(target);
        }
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        String anchor = hash < 0 ? "" : target.substring(hash);
        String found = Path.of(file).resolveSibling(path).normalize().toString().replace('\\', '/');
        if (found.equals("api/openapi.yaml")) {
            return Optional.of(API);
        }
        if (found.equals("README.md")) {
            return Optional.of(ROOT);
        }
        return files.contains(found) ? Optional.of(urlOf(found) + anchor) : Optional.empty();
    }
}
