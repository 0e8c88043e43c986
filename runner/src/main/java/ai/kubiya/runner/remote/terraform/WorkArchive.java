package ai.kubiya.runner.remote.terraform;

import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.protocol.terraform.TerraformWork;
import ai.kubiya.runner.terraform.SavedPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** What a run needs, unpacked while it arrives. */
final class WorkArchive {
    private static final int LARGEST_MESSAGE = 32 << 20;
    private static final int LARGEST_PLAN = 128 << 20;
    private static final long LARGEST_CODE = 4L << 30;
    private static final int MOST_FILES = 500_000;

    private final ZipInputStream zip;
    private final Path code;
    private long left = LARGEST_CODE;

    /**
     * What arrived.
     *
     * @param plan to apply; null = plan
     * @param problem why nothing can be made of it; null = something can
     */
    record Unpacked(
            @Nullable TerraformWork work,
            @Nullable SavedPlan plan,
            @Nullable String problem) {}

    /** It would arrive like this again. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    private WorkArchive(InputStream in, Path code) {
        this.zip = new ZipInputStream(in);
        this.code = code;
    }

    /**
     * Unpacks; the code comes to {@code code} in the folder.
     *
     * @throws IOException when it did not arrive
     */
    static Unpacked unpack(InputStream in, Path folder) throws IOException {
        try {
            return new WorkArchive(in, folder.resolve("code")).unpack();
        } catch (Unusable e) {
            return new Unpacked(null, null, e.getMessage());
        }
    }

    private Unpacked unpack() throws IOException, Unusable {
        makeFolder(code);
        TerraformWork work = null;
        byte[] plan = null;
        byte[] lock = null;
        int files = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            switch (entry.getName()) {
                case Archives.WORK -> work = Wire.MAPPER.readValue(bytes(LARGEST_MESSAGE), TerraformWork.class);
                case Archives.PLAN -> plan = bytes(LARGEST_PLAN);
                case Archives.LOCK -> lock = bytes(LARGEST_MESSAGE);
                default -> {
                    if (++files > MOST_FILES) {
                        throw new Unusable("the code has more than " + MOST_FILES + " files");
                    }
                    add(entry);
                }
            }
        }
        if (work == null || work.apply() != (plan != null)) {
            throw new IOException("the server's answer is not whole");
        }
        finish(work);
        return new Unpacked(work, plan == null ? null : new SavedPlan(plan, lock), null);
    }

    private byte[] bytes(int most) throws IOException, Unusable {
        byte[] bytes = zip.readNBytes(most);
        if (zip.read() >= 0) {
            throw new Unusable("what the server sends is larger than " + most + " bytes");
        }
        return bytes;
    }

    private Path place(String name) throws Unusable {
        Path place = code.resolve(name).normalize();
        if (!place.startsWith(code)) {
            throw new Unusable("the code has a file outside of its folder: " + name);
        }
        return place;
    }

    private void add(ZipEntry entry) throws IOException, Unusable {
        if (!entry.getName().startsWith(Archives.CODE)) {
            return;
        }
        Path place = place(entry.getName().substring(Archives.CODE.length()));
        if (entry.isDirectory()) {
            makeFolder(place);
            return;
        }
        makeFolder(Objects.requireNonNull(place.getParent()));
        try (OutputStream out = open(place)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw new Unusable("the code is larger than " + LARGEST_CODE + " bytes");
                }
                write(out, buffer, read);
            }
        }
    }

    private static void makeFolder(Path folder) throws Unusable {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private static OutputStream open(Path file) throws Unusable {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) throws Unusable {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private static Unusable cannotWrite(IOException e) {
        return new Unusable("the runner cannot write the code down: " + e.getMessage());
    }

    /** Links come last, so that no file is written through one. */
    private void finish(TerraformWork work) throws Unusable {
        try {
            for (String name : work.executables()) {
                Files.setPosixFilePermissions(place(name), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            for (Map.Entry<String, String> link : work.links().entrySet()) {
                Path place = place(link.getKey());
                makeFolder(Objects.requireNonNull(place.getParent()));
                Files.createSymbolicLink(place, Path.of(link.getValue()));
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }
}
