package ai.kubiya.server.source.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the Python side of discovery, which is packaged in the server's jar, where python3 can read it. Each version has a
 * folder of its own, named by its content: several servers may share a data directory, and none changes what another
 * is running.
 */
public final class DiscoveryFiles {

    private static final List<String> NAMES = List.of(
            "discover.py",
            "kubiya_discovery/__init__.py",
            "kubiya_discovery/child.py",
            "kubiya_discovery/modules.py",
            "kubiya_discovery/parent.py",
            "kubiya_discovery/projects.py",
            "kubiya_discovery/tracking.py",
            "kubiya_discovery/wire.py",
            "kubiya_sdk/__init__.py",
            "kubiya_sdk/tool_templates/__init__.py",
            "kubiya_sdk/tools/__init__.py",
            "kubiya_sdk/tools/function_tool.py",
            "kubiya_sdk/tools/model.py",
            "kubiya_sdk/tools/models.py",
            "kubiya_sdk/tools/registry.py",
            "kubiya_sdk/tools/secret.py",
            "kubiya_sdk/tools/tool_func_wrapper.py");

    private DiscoveryFiles() {}

    /**
     * Unpacks them below the data directory unless they are there already.
     *
     * @return the folder with {@code discover.py}
     */
    public static Path unpack(Path dataDirectory) throws IOException {
        Map<String, byte[]> files = packaged();
        Path folder = dataDirectory.resolve("discovery").resolve(digest(files));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            if (!Files.exists(target) || Files.size(target) != file.getValue().length) {
                Files.createDirectories(target.getParent());
                Path draft = Files.createTempFile(target.getParent(), ".draft", "");
                Files.write(draft, file.getValue());
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                // Temporary files belong to their maker alone; the sandbox may run as somebody else.
                target.toFile().setReadable(true, false);
            }
        }
        return folder.toRealPath();
    }

    static List<String> names() {
        return NAMES;
    }

    private static Map<String, byte[]> packaged() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : NAMES) {
            try (InputStream stream = DiscoveryFiles.class.getResourceAsStream("/discovery/" + name)) {
                if (stream == null) {
                    throw new IOException("the server was built without discovery/" + name);
                }
                files.put(name, stream.readAllBytes());
            }
        }
        return files;
    }

    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
