package ai.kubiya.runner.executor;

import java.nio.file.Path;

/** Paths as a tool's author writes them. */
public final class Destination {
    private Destination() {}

    /** An absolute path without dots; {@code ~} is the home, anything relative is in the working directory. */
    public static String of(String written, String home, String work) {
        String path = written;
        if (path.equals("~") || path.startsWith("~/")) {
            path = home + path.substring(1);
        }
        return Path.of(work).resolve(path).normalize().toString();
    }
}
