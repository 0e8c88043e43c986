package ai.kubiya.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A real git repository that tests commit to. {@link GitServer} serves it. */
public final class GitRepository {
    private static final PersonIdent AUTHOR = new PersonIdent("Test", "test@example.com");

    private final Path folder;
    private final String url;

    GitRepository(Path folder, String url) {
        this.folder = folder;
        this.url = url;
        try {
            Files.createDirectories(folder);
            Git.init()
                    .setDirectory(folder.toFile())
                    .setInitialBranch("main")
                    .call()
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where its server has it. */
    public String url() {
        return url;
    }

    public String fileUrl() {
        return "file://" + folder;
    }

    public Path folder() {
        return folder;
    }

    /** Writes a file; {@link #commit} records it. */
    public GitRepository write(String path, String content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public GitRepository delete(String path) {
        try {
            Files.delete(folder.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private interface Work<T> {
        T with(Git git) throws GitAPIException;
    }

    private <T> T git(Work<T> work) {
        try (Git git = Git.open(folder.toFile())) {
            return work.with(git);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commits everything and answers the commit's id. */
    public String commit() {
        return git(git -> {
            git.add().addFilepattern(".").setAll(true).call();
            return git.commit()
                    .setAuthor(AUTHOR)
                    .setCommitter(AUTHOR)
                    .setSign(false)
                    .setMessage("a commit")
                    .call()
                    .name();
        });
    }

    /** Makes a branch here and goes on with it. */
    public GitRepository branch(String name) {
        git(git -> git.checkout().setCreateBranch(true).setName(name).call());
        return this;
    }

    /** Goes back to a branch; HEAD is what a clone gets when nobody names one. */
    public GitRepository checkout(String branch) {
        git(git -> git.checkout().setName(branch).call());
        return this;
    }

    /** The host forgets the repository until {@link #moveBack}. */
    public void moveAway() throws IOException {
        Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
    }

    public void moveBack() throws IOException {
        Files.move(folder.resolveSibling(folder.getFileName() + "-away"), folder);
    }

    public GitRepository tag(String name) {
        git(git -> git.tag().setName(name).setAnnotated(false).call());
        return this;
    }

    /** A tool file with one shell tool. */
    public GitRepository withTool(String path, String name, String content) {
        return write(path, """
                {"tools": [{"name": "%s", "description": "A tool for tests", "type": "script", "content": "%s"}]}
                """.formatted(name, content));
    }
}
