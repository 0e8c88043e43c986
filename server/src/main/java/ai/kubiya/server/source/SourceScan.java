package ai.kubiya.server.source;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.source.discovery.Discovery;
import ai.kubiya.server.source.git.Checkout;
import ai.kubiya.server.source.git.GitFetcher;
import ai.kubiya.server.source.zip.ZipArchive;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at a place and says what it holds, without saving anything. A few looks at a time: each is heavy. */
public final class SourceScan {
    private static final int AT_A_TIME = 4;
    private static final int WAIT_SECONDS = 120;

    private final GitFetcher git;
    private final Discovery discovery;
    private final Path workspace;
    private final Semaphore free = new Semaphore(AT_A_TIME, true);

    public SourceScan(GitFetcher git, Discovery discovery, Path workspace) {
        this.git = git;
        this.discovery = discovery;
        this.workspace = workspace;
    }

    Path workspace() {
        return workspace;
    }

    Finding git(String url, @Nullable String branch, ObjectNode dynamicConfig) {
        return limited(() -> {
            try (Checkout checkout = git.fetch(url, branch)) {
                return Finding.of(
                        discovery.discover(checkout.root(), dynamicConfig), checkout.branch(), checkout.commit());
            }
        });
    }

    Finding zip(Path archive, ObjectNode dynamicConfig) {
        return limited(() -> {
            Path folder = Files.createTempDirectory(workspace, "unpacked-");
            try {
                ZipArchive.unpack(archive, folder);
                return Finding.of(discovery.discover(folder, dynamicConfig), null, null);
            } finally {
                Checkout.delete(folder);
            }
        });
    }

    private interface Look {
        Finding look() throws IOException;
    }

    private Finding limited(Look look) {
        try {
            if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw ApiException.unavailable("Too many sources are being read at once; try again.", 30);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The server is stopping.", 5);
        }
        try {
            return look.look();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            free.release();
        }
    }
}
