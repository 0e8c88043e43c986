package ai.kubiya.server.project.run.remote;

import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.protocol.terraform.TerraformWork;
import ai.kubiya.runner.terraform.SavedPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** The code of a run as a runner gets it. */
final class CodeArchive {
    private final Path code;
    private final List<String> folders = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final List<String> executables = new ArrayList<>();
    private final Map<String, String> links = new HashMap<>();

    private CodeArchive(Path code) {
        this.code = code;
    }

    /** Looks at all files of a folder; none is read yet. Links are not followed. */
    static CodeArchive of(Path code) throws IOException {
        CodeArchive archive = new CodeArchive(code);
        Files.walkFileTree(code, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.equals(code.resolve(".git"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!folder.equals(code)) {
                    archive.folders.add(archive.name(folder));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                archive.add(file, attributes);
                return FileVisitResult.CONTINUE;
            }
        });
        return archive;
    }

    private String name(Path file) {
        return code.relativize(file).toString();
    }

    private void add(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            links.put(name(file), Files.readSymbolicLink(file).toString());
        } else if (attributes.isRegularFile()) {
            files.add(name(file));
            if (Files.isExecutable(file)) {
                executables.add(name(file));
            }
        }
    }

    List<String> executables() {
        return executables;
    }

    Map<String, String> links() {
        return links;
    }

    /** Writes the archive as it goes to a runner. */
    void write(OutputStream to, TerraformWork work, @Nullable SavedPlan plan) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(to);
        zip.setLevel(Deflater.BEST_SPEED);
        add(zip, Archives.WORK, Wire.MAPPER.writeValueAsBytes(work));
        if (plan != null) {
            add(zip, Archives.PLAN, plan.file());
            if (plan.lock() != null) {
                add(zip, Archives.LOCK, plan.lock());
            }
        }
        for (String folder : folders) {
            zip.putNextEntry(new ZipEntry(Archives.CODE + folder + "/"));
            zip.closeEntry();
        }
        for (String file : files) {
            zip.putNextEntry(new ZipEntry(Archives.CODE + file));
            Files.copy(code.resolve(file), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
