package ai.kubiya.server.project.run.plan;

import ai.kubiya.runner.terraform.SavedPlan;
import ai.kubiya.server.crypto.SealedColumn;
import ai.kubiya.server.crypto.SealedColumn.Loss;
import ai.kubiya.server.crypto.Vault;
import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Plans as they are kept: compressed and encrypted. */
public final class SealedPlans {
    public static final List<SealedColumn> SEALED = List.of(
            new SealedColumn("project_run", "plan_document", "plans of projects", Loss.CLEAR),
            new SealedColumn("project_run", "plan_file", "saved plans of projects", Loss.CLEAR));

    private final Vault vault;

    public SealedPlans(Vault vault) {
        this.vault = vault;
    }

    /**
     * A saved plan and what it was made with.
     *
     * @param inputs a digest of the values of variables
     */
    public record Saved(SavedPlan plan, String inputs) {}

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    private byte[] seal(String place, Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vault.sealBytes(bytes.toByteArray(), place);
    }

    private <T> T open(byte[] sealed, String place, Reading<T> reading) {
        byte[] bytes = vault.openBytes(sealed, place);
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(bytes)))) {
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(String column, UUID organizationId, UUID run) {
        return "project_run/" + column + "/" + organizationId + "/" + run;
    }

    public byte[] sealDocument(UUID organizationId, UUID run, PlanDocument document) {
        return seal(
                place("document", organizationId, run),
                out -> out.write(Json.MAPPER.writeValueAsBytes(document.json())));
    }

    public ObjectNode openDocument(UUID organizationId, UUID run, byte[] sealed) {
        return open(sealed, place("document", organizationId, run), in ->
                (ObjectNode) PlanDocument.READER.readTree(in.readAllBytes()));
    }

    public byte[] seal(UUID organizationId, UUID run, Saved saved) {
        return seal(place("file", organizationId, run), out -> {
            byte[] lock = saved.plan().lock();
            out.writeUTF(saved.inputs());
            out.writeInt(lock == null ? -1 : lock.length);
            out.write(lock == null ? new byte[0] : lock);
            out.write(saved.plan().file());
        });
    }

    public Saved open(UUID organizationId, UUID run, byte[] sealed) {
        return open(sealed, place("file", organizationId, run), in -> {
            String inputs = in.readUTF();
            int length = in.readInt();
            byte[] lock = length < 0 ? null : in.readNBytes(length);
            return new Saved(new SavedPlan(in.readAllBytes(), lock), inputs);
        });
    }
}
