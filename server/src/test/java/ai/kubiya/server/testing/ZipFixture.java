package ai.kubiya.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes zip archives, good and bad ones. */
public final class ZipFixture {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    public ZipFixture with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public ZipFixture with(String name, byte[] content) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** An entry of zeros, which take almost no room. */
    public ZipFixture withZeros(String name, long size) {
        byte[] zeros = new byte[1 << 20];
        try {
            zip.putNextEntry(new ZipEntry(name));
            for (long left = size; left > 0; left -= zeros.length) {
                zip.write(zeros, 0, (int) Math.min(left, zeros.length));
            }
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** An archive with one symbolic link, as the usual zip programs write them. */
    public static byte[] withLink(String name, String target) {
        byte[] zip = new ZipFixture().with(name, target).bytes();
        // The central directory entry: "made by" Unix, and the mode of a link in the external attributes.
        int entry = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(entry + 5, (byte) 3);
        bytes.putInt(entry + 38, 0120777 << 16);
        return zip;
    }

    /** Everything below a folder. */
    public ZipFixture withFolder(Path folder) {
        try (var paths = Files.walk(folder)) {
            List<Path> files = paths.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                with(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public byte[] bytes() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
