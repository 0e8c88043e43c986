package ai.kubiya.server.source.zip;

import ai.kubiya.server.http.ApiException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks an archive that may be hostile: no entry may lead outside the folder, and what comes out is counted as it
 * comes, because the sizes that an archive states are its author's word.
 */
public final class ZipArchive {
    static final long MOST_BYTES = 256L << 20;
    static final int MOST_ENTRIES = 20_000;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 2000;

    private ZipArchive() {}

    /**
     * Unpacks everything or refuses.
     *
     * @throws ApiException 400 when the archive is not one, leads outside or is too large unpacked
     */
    public static void unpack(Path archive, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw refused("has " + zip.size() + " entries; at most " + MOST_ENTRIES + " are taken");
            }
            long left = MOST_BYTES;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path target = target(folder, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (Files.isDirectory(target)) {
                    throw refused("has a file and a folder of the same name");
                } else {
                    Files.createDirectories(target.getParent());
                    left -= copy(zip, entry, target, left);
                }
            }
        } catch (ZipException | EOFException e) {
            throw refused("is not a readable zip archive: " + e.getMessage());
        } catch (java.nio.file.FileAlreadyExistsException | java.nio.file.NotDirectoryException e) {
            throw refused("has a file and a folder of the same name");
        }
    }

    private static Path target(Path folder, String name) {
        String forward = name.replace('\\', '/');
        if (forward.startsWith("/") || forward.matches("^[A-Za-z]:.*") || forward.indexOf('\0') >= 0) {
            throw refused("has the entry \"" + name + "\", which leads outside the archive");
        }
        if (forward.length() > LONGEST_PATH
                || Arrays.stream(forward.split("/"))
                        .anyMatch(part -> part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME)) {
            throw refused("has an entry whose name is too long: " + name.substring(0, 50) + "…");
        }
        Path target;
        try {
            target = folder.resolve(forward).normalize();
        } catch (InvalidPathException e) {
            throw refused("has the entry \"" + name + "\", which cannot be the name of a file here");
        }
        if (!target.startsWith(folder) || forward.equals("..") || forward.contains("../")) {
            throw refused("has the entry \"" + name + "\", which leads outside the archive");
        }
        return target;
    }

    private static long copy(ZipFile zip, ZipEntry entry, Path target, long left) throws IOException {
        long copied = 0;
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                copied += got;
                if (copied > left) {
                    throw refused("unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
                }
                out.write(buffer, 0, got);
            }
        }
        return copied;
    }

    private static ApiException refused(String what) {
        return ApiException.invalid("file", "the uploaded archive " + what);
    }
}
