package ai.kubiya.runner.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.protocol.RunVolume;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The directories that tools keep between runs. */
record Volumes(Path state) {

    /** The directories of these volumes on the host, made when new, and where the tool sees them. */
    Map<Path, String> open(List<RunVolume> volumes) throws IOException {
        Path all = Files.createDirectories(state.resolve("volumes"));
        Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwx------"));
        Map<Path, String> opened = new LinkedHashMap<>();
        for (RunVolume volume : volumes) {
            // The name comes from a tool's author: no dots and slashes of it may become part of the path.
            String name = "v-" + URLEncoder.encode(volume.name(), UTF_8);
            Path directory = Files.createDirectories(all.resolve(name));
            // An image may run its tool as any user; the directory above keeps others out.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            opened.put(directory, volume.path());
        }
        return opened;
    }
}
