package ai.kubiya.runner.executor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sandbox shows of the host, read-only: programs, libraries, and the few files of {@code /etc} that programs
 * need. Everything else does not exist in it: home directories, data of services, sockets, password hashes, keys.
 */
final class HostView {
    static final String ETC_FILES = "/etc";
    private static final List<String> PROGRAMS =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store", "/gnu/store");
    // Not all of /etc/ssl and /etc/pki: they hold private keys too.
    private static final List<String> ETC = List.of(
            "alternatives",
            "ca-certificates",
            "ca-certificates.conf",
            "crypto-policies",
            "debian_version",
            "fonts",
            "gai.conf",
            "host.conf",
            "hosts",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "localtime",
            "magic",
            "magic.mime",
            "mime.types",
            "networks",
            "nsswitch.conf",
            "os-release",
            "perl",
            "pki/ca-trust/extracted",
            "pki/tls/certs",
            "pki/tls/cert.pem",
            "protocols",
            "resolv.conf",
            "rpc",
            "services",
            "ssl/certs",
            "ssl/cert.pem",
            "ssl/openssl.cnf",
            "terminfo",
            "timezone");
    private static final List<String> ETC_PATTERNS = List.of("python*", "java-*");

    private HostView() {}

    /** Arguments for bubblewrap. */
    static List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>();
        for (String program : PROGRAMS) {
            Path path = Path.of(program);
            if (Files.isSymbolicLink(path)) {
                // /bin is a link to usr/bin on most systems: keep it one.
                arguments.addAll(
                        List.of("--symlink", Files.readSymbolicLink(path).toString(), program));
            } else if (Files.isDirectory(path)) {
                arguments.addAll(List.of("--ro-bind", program, program));
            }
        }
        for (String name : ETC) {
            addReadable(Path.of(ETC_FILES, name), arguments);
        }
        for (String pattern : ETC_PATTERNS) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(ETC_FILES), pattern)) {
                for (Path path : found) {
                    addReadable(path, arguments);
                }
            }
        }
        return arguments;
    }

    /** True when a path of the host can be seen in a sandbox. */
    static boolean shows(Path path) {
        return PROGRAMS.stream().anyMatch(path::startsWith);
    }

    private static void addReadable(Path path, List<String> arguments) {
        if (Files.isReadable(path)) {
            arguments.addAll(List.of("--ro-bind-try", path.toString(), path.toString()));
        }
    }
}
