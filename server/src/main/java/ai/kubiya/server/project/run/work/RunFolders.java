package ai.kubiya.server.project.run.work;

import ai.kubiya.runner.terraform.TerraformDriver;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.project.run.ProjectRun;
import ai.kubiya.server.source.git.Checkout;
import ai.kubiya.server.state.StateAccess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of runs on this machine, and what killed processes left in them. */
public final class RunFolders {
    private static final Logger log = LoggerFactory.getLogger(RunFolders.class);
    private static final String ABOUT = "run.json";

    private final Path root;
    private final Path unsaved;
    private final StateAccess states;

    /**
     * The folders.
     *
     * @param root of this server alone; states that nobody could take are kept in {@code unsaved} beside it
     */
    public RunFolders(Path root, StateAccess states) {
        this.root = root;
        this.unsaved = root.resolveSibling("unsaved-states");
        this.states = states;
    }

    /** A folder for code on its way to a remote runner; whoever asked for it removes it. */
    public Path createForSending() throws IOException {
        makeRoot();
        return Files.createTempDirectory(root, "sending-");
    }

    private void makeRoot() throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }

    Path create(ProjectRun run, UUID execution) throws IOException {
        makeRoot();
        Path folder = root.resolve(execution.toString());
        if (Files.exists(folder)) {
            // An earlier try of the same plan; an apply is tried once.
            Checkout.delete(folder);
        }
        Files.createDirectory(folder);
        ObjectNode about = Json.object()
                .put("organization_id", run.organizationId().toString())
                .put("project_id", run.projectId().toString())
                .put("by", run.creator().email());
        Files.writeString(folder.resolve(ABOUT), Json.text(about));
        return folder;
    }

    public void remove(Path folder) {
        try {
            Checkout.delete(folder);
        } catch (RuntimeException e) {
            log.warn("the folder of a run is left: {}", e.getMessage());
        }
    }

    /**
     * At the start: takes over states that an earlier process of this server wrote and could not save before it was
     * killed. Nothing of it runs any more.
     */
    public void recover() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> left = Files.list(root)) {
            left.sorted().forEach(this::recover);
        } catch (IOException e) {
            log.warn("cannot look for states that runs left in {}: {}", root, e.getMessage());
        }
    }

    private void recover(Path folder) {
        try {
            Optional<byte[]> state = TerraformDriver.leftState(folder);
            if (state.isPresent()) {
                recover(folder, state.get());
            }
            remove(folder);
        } catch (IOException | RuntimeException e) {
            log.warn("what a run left in {} could not be taken over; it stays: {}", folder, e.toString());
        }
    }

    private void recover(Path folder, byte[] state) throws IOException {
        UUID execution = UUID.fromString(String.valueOf(folder.getFileName()));
        JsonNode about = Json.parse(Files.readString(folder.resolve(ABOUT)));
        UUID organization = UUID.fromString(about.path("organization_id").asText());
        UUID project = UUID.fromString(about.path("project_id").asText());
        if (states.recover(organization, project, execution, about.path("by").asText(), state)) {
            log.warn("took over the state that execution {} had written before it was killed", execution);
        }
    }

    /** Keeps a state that was refused for somebody to look at. */
    void keepUnsaved(Path folder, UUID execution) {
        try {
            Files.createDirectories(unsaved);
            Files.setPosixFilePermissions(unsaved, PosixFilePermissions.fromString("rwx------"));
            Path file = folder.resolve("own").resolve("terraform.tfstate");
            Files.copy(file, unsaved.resolve(execution + ".tfstate"), StandardCopyOption.REPLACE_EXISTING);
            log.error("the state of execution {} could not be saved; it is in {}", execution, unsaved);
        } catch (IOException e) {
            log.error("the state of execution {} could not be saved; it stays in {}", execution, folder, e);
        }
    }
}
