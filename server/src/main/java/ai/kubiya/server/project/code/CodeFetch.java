package ai.kubiya.server.project.code;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.source.git.Checkout;
import ai.kubiya.server.source.git.GitFetcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Brings code here: one commit of a repository, or files that were sent along. A few at a time: each is heavy. */
public final class CodeFetch {
    private static final int AT_A_TIME = 6;
    private static final int DEEPEST_SEARCH = 6;
    private static final int MOST_MODULES = 200;

    private final GitFetcher git;
    private final Path workspace;
    private final Semaphore free = new Semaphore(AT_A_TIME, true);

    public CodeFetch(GitFetcher git, Path workspace) {
        this.git = git;
        this.workspace = workspace;
    }

    /**
     * Code in a folder of its own, gone when closed.
     *
     * @param module the folder that Terraform is to run in
     */
    public record Fetched(Checkout checkout, Path module) implements AutoCloseable {
        public Path repository() {
            return checkout.folder();
        }

        public String commit() {
            return checkout.commit();
        }

        public String branch() {
            return checkout.branch();
        }

        public ModuleCode read() {
            try {
                return ModuleReader.read(checkout.folder(), module);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            checkout.close();
        }
    }

    /**
     * Fetches.
     *
     * @param revision branch, tag or commit in place of the location's own; empty = the location's own
     * @throws ApiException 400 about {@code /url}, {@code /branch} or {@code /path}
     */
    public Fetched fetch(CodeLocation location, String revision) {
        return inTurn(() -> location.isGit()
                ? repository(location, revision.isEmpty() ? location.branch() : revision)
                : files(location.files()));
    }

    private interface Fetching<T> {
        T fetch() throws IOException;
    }

    private <T> T inTurn(Fetching<T> fetching) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The server is stopping.", 5);
        }
        try {
            return fetching.fetch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            free.release();
        }
    }

    /**
     * As {@link #fetch}, exactly this commit. The branch is tried first: a single commit may need the whole history.
     *
     * @param commit empty = code that has none
     */
    public Fetched fetchCommit(CodeLocation location, String branch, String commit) {
        if (!location.isGit() || commit.isEmpty()) {
            return fetch(location, "");
        }
        try {
            Fetched head = fetch(location, branch);
            if (head.commit().equals(commit)) {
                return head;
            }
            head.close();
        } catch (ApiException e) {
            // The branch may be gone while the commit is still there.
        }
        return fetch(location, commit);
    }

    /**
     * The folders of a repository that hold Terraform code, each as a place of its own, and what was read of them.
     *
     * @throws ApiException 400 about {@code /url}
     */
    public Map<CodeLocation, ModuleCode> modules(String url) {
        return inTurn(() -> {
            try (Checkout checkout = git.fetch(url, null)) {
                Map<CodeLocation, ModuleCode> modules = new LinkedHashMap<>();
                for (String folder : folders(checkout.root())) {
                    if (modules.size() < MOST_MODULES) {
                        CodeLocation place = new CodeLocation(url, "", folder, Map.of());
                        modules.put(
                                place,
                                ModuleReader.read(
                                        checkout.folder(), checkout.root().resolve(folder)));
                    }
                }
                return modules;
            }
        });
    }

    private Fetched repository(CodeLocation location, String revision) throws IOException {
        Checkout checkout = git.fetch(location.url(), revision);
        try {
            return new Fetched(checkout, module(checkout, location.path()));
        } catch (IOException | RuntimeException e) {
            checkout.close();
            throw e;
        }
    }

    private static Path module(Checkout checkout, String path) throws IOException {
        Path module = checkout.root().resolve(path).normalize();
        ModuleFiles files = new ModuleFiles(checkout.folder(), module);
        if (!module.startsWith(checkout.folder()) || (Files.exists(module) && !files.isInside(module))) {
            throw ApiException.invalid("/path", "\"" + path + "\" leads out of the repository");
        }
        if (!Files.isDirectory(module)) {
            throw ApiException.invalid(
                    "/path", "there is no folder \"" + path + "\" on " + checkout.branch() + hint(checkout));
        }
        if (files.code().isEmpty()) {
            throw ApiException.invalid("/path", "there are no Terraform files (*.tf) in the folder" + hint(checkout));
        }
        return module;
    }

    private static String hint(Checkout checkout) throws IOException {
        List<String> folders = folders(checkout.folder()).stream()
                .map(folder -> folder.isEmpty() ? "the root" : folder)
                .limit(10)
                .toList();
        return folders.isEmpty() ? "" : "; there are some in " + String.join(", ", folders);
    }

    /** Folders of a repository that hold Terraform code, by their paths. */
    static List<String> folders(Path repository) throws IOException {
        try (Stream<Path> all = Files.walk(repository, DEEPEST_SEARCH)) {
            return all.filter(file -> ModuleFiles.name(file).matches(".*\\.tf(\\.json)?"))
                    .filter(Files::isRegularFile)
                    .map(file -> repository
                            .relativize(Objects.requireNonNull(file.getParent()))
                            .toString())
                    .filter(folder -> !folder.matches("(.*/)?\\.[^/]+(/.*)?"))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private Fetched files(Map<String, String> files) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(workspace), "inline-");
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path place = folder.resolve(file.getKey()).normalize();
                if (!place.startsWith(folder)) {
                    throw new IOException("a stored file name leads out of its folder: " + file.getKey());
                }
                Files.createDirectories(Objects.requireNonNull(place.getParent()));
                Files.writeString(place, file.getValue());
            }
            return new Fetched(new Checkout(folder, folder, "", ""), folder);
        } catch (IOException | RuntimeException e) {
            Checkout.delete(folder);
            throw e;
        }
    }
}
