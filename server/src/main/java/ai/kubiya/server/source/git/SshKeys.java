package ai.kubiya.server.source.git;

import java.io.File;
import java.nio.file.Path;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/** Keys and known hosts for ssh repositories. A host that known_hosts does not list is refused. */
public final class SshKeys {
    private SshKeys() {}

    /**
     * The factory of ssh sessions.
     *
     * @param directory with keys, config and known_hosts; null = {@code ~/.ssh}
     */
    public static SshdSessionFactory factory(@Nullable Path directory) {
        File home = new File(System.getProperty("user.home"));
        File ssh = directory == null ? new File(home, ".ssh") : directory.toFile();
        return new SshdSessionFactoryBuilder()
                .setPreferredAuthentications("publickey")
                .setHomeDirectory(home)
                .setSshDirectory(ssh)
                .build(null);
    }
}
