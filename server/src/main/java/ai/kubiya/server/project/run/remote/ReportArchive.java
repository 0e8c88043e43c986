package ai.kubiya.server.project.run.remote;

import ai.kubiya.protocol.remote.Wire;
import ai.kubiya.protocol.terraform.Archives;
import ai.kubiya.protocol.terraform.TerraformReport;
import ai.kubiya.runner.terraform.SavedPlan;
import ai.kubiya.server.http.ApiException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** What a runner sends when a run has ended, read while it arrives. */
final class ReportArchive {
    private static final int LARGEST_MESSAGE = 8 << 20;
    /** Plans are kept in memory while they are sealed. */
    private static final int LARGEST_PLAN = 128 << 20;

    private static final long LARGEST_DOCUMENT = 512L << 20;

    private final ZipInputStream zip;

    private ReportArchive(InputStream body) {
        this.zip = new ZipInputStream(body);
    }

    static ReportArchive of(InputStream body) {
        return new ReportArchive(body);
    }

    /** The message, which comes first. */
    TerraformReport report() throws IOException {
        try {
            requireNext(Archives.REPORT);
            return Wire.MAPPER.readValue(bytes(LARGEST_MESSAGE), TerraformReport.class);
        } catch (JsonProcessingException e) {
            throw ApiException.invalid("/", "is no TerraformReport: " + e.getOriginalMessage());
        } catch (ZipException e) {
            throw broken(e);
        }
    }

    /** The plan, which comes next: as it was saved, and as JSON into a file. */
    SavedPlan plan(Path document) throws IOException {
        try {
            requireNext(Archives.PLAN);
            byte[] file = bytes(LARGEST_PLAN);
            ZipEntry entry = next();
            byte[] lock = null;
            if (entry.getName().equals(Archives.LOCK)) {
                lock = bytes(LARGEST_MESSAGE);
                entry = next();
            }
            require(entry, Archives.DOCUMENT);
            try (OutputStream out = Files.newOutputStream(document)) {
                copy(out);
            }
            return new SavedPlan(file, lock);
        } catch (ZipException e) {
            throw broken(e);
        }
    }

    private ZipEntry next() throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null) {
            throw ApiException.invalid("/", "the archive ends too early");
        }
        return entry;
    }

    private void requireNext(String name) throws IOException {
        require(next(), name);
    }

    private static void require(ZipEntry entry, String name) {
        if (!entry.getName().equals(name)) {
            throw ApiException.invalid("/", "the archive has \"" + entry.getName() + "\" where " + name + " belongs");
        }
    }

    private byte[] bytes(int most) throws IOException {
        byte[] bytes = zip.readNBytes(most);
        if (zip.read() >= 0) {
            throw ApiException.invalid("/", "a part of the archive is larger than " + most + " bytes");
        }
        return bytes;
    }

    private void copy(OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
            copied += read;
            if (copied > LARGEST_DOCUMENT) {
                throw ApiException.invalid("/", "the plan is larger than " + LARGEST_DOCUMENT + " bytes as JSON");
            }
            out.write(buffer, 0, read);
        }
    }

    private static ApiException broken(ZipException e) {
        return ApiException.invalid("/", "is no archive: " + e.getMessage());
    }
}
