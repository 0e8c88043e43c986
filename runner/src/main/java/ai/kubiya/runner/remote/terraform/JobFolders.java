package ai.kubiya.runner.remote.terraform;

import ai.kubiya.protocol.terraform.LeftStateAnswer;
import ai.kubiya.runner.remote.ServerConnection.AwayException;
import ai.kubiya.runner.remote.ServerConnection.RefusedException;
import ai.kubiya.runner.terraform.TerraformDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of runs on this machine, and the states that are left in them. */
public final class JobFolders {
    private static final Logger log = LoggerFactory.getLogger(JobFolders.class);
    /** A file that says that the run changes things. */
    private static final String APPLIES = "applies";

    private static final String LEFT = "left.tfstate";

    private final Path root;
    private final Path unsaved;
    private final TerraformCalls calls;

    /**
     * The folders.
     *
     * @param state directory of this process alone, kept over restarts
     */
    public JobFolders(Path state, TerraformCalls calls) {
        this.root = state.resolve("terraform");
        this.unsaved = state.resolve("unsaved-states");
        this.calls = calls;
    }

    Path create(UUID execution) throws IOException {
        Files.createDirectories(root, ownerOnly("rwx------"));
        Path folder = root.resolve(execution.toString());
        // An earlier try of the same plan; an apply is tried once.
        remove(folder);
        return Files.createDirectory(folder, ownerOnly("rwx------"));
    }

    void applies(Path folder) throws IOException {
        Files.writeString(folder.resolve(APPLIES), "");
    }

    void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            log.warn("the folder of a run is left: {}", e.getMessage());
        }
    }

    /**
     * Offers the server the states that runs left here, because they were killed or the server did not take them.
     *
     * @param atWork runs that are not over
     */
    void handOver(Predicate<UUID> atWork) {
        if (!Files.isDirectory(root)) {
            return;
        }
        for (Path folder : folders()) {
            UUID execution = UUID.fromString(String.valueOf(folder.getFileName()));
            if (!atWork.test(execution)) {
                try {
                    handOver(execution, folder);
                } catch (AwayException e) {
                    log.info("the state that {} left is not taken yet: {}", execution, e.getMessage());
                } catch (IOException | RuntimeException e) {
                    log.warn("what {} left in {} could not be handed over; it stays", execution, folder, e);
                }
            }
        }
    }

    private List<Path> folders() {
        try (Stream<Path> left = Files.list(root)) {
            return left.filter(folder -> String.valueOf(folder.getFileName()).matches("[0-9a-f-]{36}"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            log.warn("cannot look for states that runs left in {}: {}", root, e.getMessage());
            return List.of();
        }
    }

    private void handOver(UUID execution, Path folder) throws IOException {
        Optional<byte[]> state =
                Files.exists(folder.resolve(APPLIES)) ? TerraformDriver.leftState(folder) : Optional.empty();
        if (state.isPresent()) {
            Path file = folder.resolve(LEFT);
            Files.deleteIfExists(file);
            Files.createFile(file, ownerOnly("rw-------"));
            Files.write(file, state.get());
            takeOver(execution, file);
        }
        remove(folder);
    }

    private void takeOver(UUID execution, Path file) throws IOException {
        try {
            LeftStateAnswer answer = calls.takeOver(execution, file);
            if (answer.taken()) {
                log.warn("the server took over the state that {} had left here", execution);
            } else if (!answer.known()) {
                keep(execution, file, "the project has another one by now");
            }
        } catch (RefusedException e) {
            keep(execution, file, String.valueOf(e.getMessage()));
        }
    }

    /** For somebody to look at. */
    private void keep(UUID execution, Path file, String why) throws IOException {
        Files.createDirectories(unsaved, ownerOnly("rwx------"));
        Path kept = unsaved.resolve(execution + ".tfstate");
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
        log.error("the state that {} left is not taken, {}; it is in {}", execution, why, kept);
    }

    private static FileAttribute<?> ownerOnly(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }
}
