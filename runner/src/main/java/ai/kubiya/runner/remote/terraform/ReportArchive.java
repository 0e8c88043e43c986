package ai.kubiya.runner.remote.terraform;

import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.protocol.terraform.TerraformReport;
import ai.kubiya.runner.terraform.SavedPlan;
import ai.kubiya.runner.terraform.TerraformOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A report as it goes to the server: written down first, because it may have to be sent again. */
final class ReportArchive {
    private ReportArchive() {}

    static void write(Path file, TerraformReport report, TerraformOutcome.@Nullable Planned planned)
            throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, Archives.REPORT, Wire.MAPPER.writeValueAsBytes(report));
            if (planned != null) {
                SavedPlan saved = planned.saved();
                add(zip, Archives.PLAN, saved.file());
                if (saved.lock() != null) {
                    add(zip, Archives.LOCK, saved.lock());
                }
                zip.putNextEntry(new ZipEntry(Archives.DOCUMENT));
                Files.copy(planned.document(), zip);
                zip.closeEntry();
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
