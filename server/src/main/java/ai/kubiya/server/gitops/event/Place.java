package ai.kubiya.server.gitops.event;

import ai.kubiya.server.source.git.GitLocation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a project's code is.
 *
 * @param branch empty = the repository's default
 * @param path empty = the root
 */
public record Place(String url, String branch, String path) {
    /** Without the host's word for it, these are the names of default branches. */
    private static final Set<String> USUAL_DEFAULTS = Set.of("main", "master");
    /** What projects share: code of modules, wherever it is. */
    private static final Pattern SHARED =
            Pattern.compile("(.*/)?modules/.*|.*\\.(tf|tf\\.json|tofu|tofu\\.json|tfvars|tfvars\\.json|tftpl)");

    /** The same, with what a url of the kind {@code …/tree/BRANCH/PATH} says in its place. */
    private Place plain(String branchOfEvent) {
        GitLocation location = GitLocation.of(url);
        if (location.tail().isEmpty()) {
            return this;
        }
        GitLocation.Split split = location.splitTail(List.of(branchOfEvent));
        @Nullable String there = split.branch();
        String below = split.path().isEmpty() ? path : path.isEmpty() ? split.path() : split.path() + "/" + path;
        return new Place(location.repository(), there == null ? branch : there, below);
    }

    private boolean isOn(GitEvent event) {
        Set<String> names =
                event.repositories().stream().map(RepositoryName::of).collect(Collectors.toSet());
        return names.contains(RepositoryName.of(url)) && isOnBranch(event);
    }

    private boolean isOnBranch(GitEvent event) {
        if (!branch.isEmpty()) {
            return branch.equals(event.branch());
        }
        return event.defaultBranch().isEmpty()
                ? USUAL_DEFAULTS.contains(event.branch())
                : event.defaultBranch().equals(event.branch());
    }

    private boolean holds(String file) {
        return path.isEmpty() || file.startsWith(path + "/");
    }

    /** Whether an event is about this place's repository and branch. */
    public boolean isMeantBy(GitEvent event) {
        return plain(event.branch()).isOn(event);
    }

    /**
     * Whether an event may have changed what is here. A file that is below no place, but is code, may be a module that
     * any of them uses.
     *
     * @param all the places that the event is about, this one included
     */
    public boolean isAffectedBy(GitEvent event, Collection<Place> all) {
        Optional<List<String>> paths = Optional.ofNullable(event.paths());
        if (paths.isEmpty()) {
            return true;
        }
        Place own = plain(event.branch());
        List<Place> plain =
                all.stream().map(place -> place.plain(event.branch())).toList();
        return paths.get().stream()
                .anyMatch(file -> own.holds(file)
                        || (SHARED.matcher(file).matches() && plain.stream().noneMatch(place -> place.holds(file))));
    }
}
