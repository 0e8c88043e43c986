package ai.kubiya.server.knowledge.folder;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.source.Source;
import ai.kubiya.server.source.git.Checkout;
import ai.kubiya.server.source.git.GitFetcher;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads the Markdown files of a folder at a source's place. A few at a time: each is a clone. */
final class MarkdownTree {
    static final int MOST_FILES = 5000;
    private static final long LARGEST_FILE = 4_000_000;
    private static final long MOST_BYTES = 128L << 20;
    private static final int AT_A_TIME = 2;
    private static final int WAIT_SECONDS = 120;

    private final GitFetcher git;
    private final Semaphore free = new Semaphore(AT_A_TIME, true);

    MarkdownTree(GitFetcher git) {
        this.git = git;
    }

    /**
     * What was there.
     *
     * @param errors files that could not be read; their entries stay as they are
     */
    record Found(String commit, List<MarkdownFile> files, ArrayNode errors) {}

    /** @throws ApiException 4xx when the place or the folder cannot be read */
    Found read(Source source, String path) {
        try {
            if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw ApiException.unavailable("Too many folders are being read at once; try again.", 30);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The server is stopping.", 5);
        }
        try (Checkout checkout = git.fetch(Objects.requireNonNull(source.url()), source.branch())) {
            return read(checkout, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            free.release();
        }
    }

    private static Found read(Checkout checkout, String path) throws IOException {
        Path root = checkout.root();
        Path folder = root.resolve(path).normalize();
        if (!folder.startsWith(root) || !leadsToFolder(root, folder)) {
            throw ApiException.invalid("/path", "there is no folder \"" + path + "\" in commit " + checkout.commit());
        }
        List<Path> paths = paths(folder);
        ArrayNode errors = Json.array();
        List<MarkdownFile> files = new ArrayList<>();
        long bytes = 0;
        for (Path file : paths) {
            String name = root.relativize(file).toString().replace('\\', '/');
            bytes += Files.size(file);
            if (bytes > MOST_BYTES) {
                throw ApiException.invalid("/path", "has more than " + (MOST_BYTES >> 20) + " MiB of Markdown");
            }
            if (Files.size(file) > LARGEST_FILE) {
                errors.addObject().put("file", name).put("error", "is larger than " + LARGEST_FILE + " bytes");
                continue;
            }
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                        .toString()
                        .replace('\0', '\uFFFD');
                // A file that says nothing is none.
                if (!text.isBlank()) {
                    files.add(MarkdownFile.of(name, text));
                }
            } catch (CharacterCodingException e) {
                errors.addObject().put("file", name).put("error", "is no text in UTF-8");
            }
        }
        return new Found(checkout.commit(), files, errors);
    }

    /** Without following a link on the way: what it names is not in the repository. */
    private static boolean leadsToFolder(Path root, Path folder) {
        for (Path at = folder; !at.equals(root); at = Objects.requireNonNull(at.getParent())) {
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return Files.isDirectory(folder);
    }

    private static List<Path> paths(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(folder)
                        && directory.getFileName().toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                if (attributes.isRegularFile()
                        && (name.endsWith(".md") || name.endsWith(".markdown") || name.endsWith(".mdx"))) {
                    paths.add(file);
                }
                if (paths.size() > MOST_FILES) {
                    throw ApiException.invalid("/path", "has more than " + MOST_FILES + " Markdown files");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        paths.sort(Comparator.naturalOrder());
        return paths;
    }
}
