package ai.kubiya.server;

import ai.kubiya.runner.executor.ExecutorChoice;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.runner.Runners;
import ai.kubiya.server.source.SourceScan;
import ai.kubiya.server.source.SourceService;
import ai.kubiya.server.source.discovery.Discovery;
import ai.kubiya.server.source.discovery.DiscoveryFiles;
import ai.kubiya.server.source.discovery.DiscoverySandbox;
import ai.kubiya.server.source.discovery.PythonDiscovery;
import ai.kubiya.server.source.git.GitCredentials;
import ai.kubiya.server.source.git.GitFetcher;
import ai.kubiya.server.source.git.SshKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Sources, wired. */
final class SourceParts {
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(3);

    private SourceParts() {}

    static GitFetcher git(Foundation foundation) {
        return new GitFetcher(
                new GitFetcher.Rules(
                        foundation.settings.flag(Setting.ALLOW_INTERNAL_WEBHOOKS),
                        foundation.settings.flag(Setting.ALLOW_FILE_SOURCES),
                        LONGEST_FETCH),
                new GitCredentials(FromSettings.path(foundation.settings, Setting.GIT_CREDENTIALS)),
                foundation.closing.add(SshKeys.factory(FromSettings.path(foundation.settings, Setting.GIT_SSH_KEYS))),
                foundation.directory.workspace());
    }

    static SourceService sources(Foundation foundation, GitFetcher git, ExecutorChoice executors, Runners runners)
            throws IOException {
        Path workspace = foundation.directory.workspace();
        PythonDiscovery python = new PythonDiscovery(
                new DiscoverySandbox(executors.sandbox()),
                DiscoveryFiles.unpack(foundation.settings.data()),
                PythonDiscovery.findPython(),
                PythonDiscovery.Limits.usual());
        return new SourceService(
                foundation.database,
                new SourceScan(git, new Discovery(python), workspace),
                runners,
                foundation.audit,
                foundation.events,
                foundation.clock,
                foundation.directory.nodeName());
    }
}
