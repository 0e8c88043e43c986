package ai.kubiya.server.source.git;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.InternalAddresses;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.CloneCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.LsRemoteCommand;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.jspecify.annotations.Nullable;

/** Clones the one commit that a source names. Everything that can go wrong is an {@link ApiException} about the url. */
public final class GitFetcher {
    private static final int IDLE_SECONDS = 30;

    private final Rules rules;
    private final GitCredentials credentials;
    private final @Nullable SshdSessionFactory ssh;
    private final Path workspace;

    /**
     * What urls may be.
     *
     * @param internal hosts on loopback and private networks
     * @param files {@code file://} urls and local paths
     * @param longest time for one fetch
     */
    public record Rules(boolean internal, boolean files, Duration longest) {}

    public GitFetcher(Rules rules, GitCredentials credentials, @Nullable SshdSessionFactory ssh, Path workspace) {
        this.rules = rules;
        this.credentials = credentials;
        this.ssh = ssh;
        this.workspace = workspace;
    }

    /**
     * Clones into a new folder that the caller closes.
     *
     * @param branch branch, tag or commit; null = what the url says, else the repository's default
     * @throws ApiException 400 with the reason
     */
    public Checkout fetch(String url, @Nullable String branch) {
        GitLocation location = GitLocation.of(url);
        check(location);
        GitFailures failures = new GitFailures(url, rules.internal());
        try {
            List<Ref> refs = refs(location);
            if (refs.isEmpty()) {
                throw ApiException.invalid("/url", "the repository at " + url + " is empty");
            }
            GitLocation.Split split =
                    location.splitTail(refs.stream().map(GitFetcher::shortName).toList());
            String wanted = branch != null && !branch.isBlank() ? branch : split.branch();
            return checkOut(location, refs, wanted, split.path());
        } catch (GitAPIException | JGitInternalException | IOException e) {
            throw failures.explain(e);
        }
    }

    private void check(GitLocation location) {
        if (location.isFile()) {
            if (!rules.files()) {
                throw ApiException.invalid(
                        "/url", "git sources on the server's own disk need KUBIYA_ALLOW_FILE_SOURCES=true");
            }
            return;
        }
        if (!location.isHttp() && !location.isSsh()) {
            throw ApiException.invalid("/url", "must be an https://, ssh:// or git@host:path url of a git repository");
        }
        if (location.hasCredentials()) {
            throw ApiException.invalid(
                    "/url", "must not hold a user or password; put them into the file named by KUBIYA_GIT_CREDENTIALS");
        }
        String host = location.host()
                .orElseThrow(() -> ApiException.invalid(
                        "/url", "is not a valid url: it names no host, or a port that there cannot be"));
        try {
            if (!rules.internal() && InternalAddresses.hasAny(host)) {
                throw ApiException.invalid(
                        "/url",
                        "leads to " + host + ", an internal address of the server's network; the operator can allow"
                                + " such urls with KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true");
            }
        } catch (UnknownHostException e) {
            throw ApiException.invalid("/url", "names the host " + host + ", which does not exist");
        }
    }

    private List<Ref> refs(GitLocation location) throws GitAPIException, IOException {
        LsRemoteCommand command = Git.lsRemoteRepository().setRemote(location.repository());
        return List.copyOf(configure(command, location).call());
    }

    private Checkout checkOut(GitLocation location, List<Ref> refs, @Nullable String wanted, String path)
            throws GitAPIException, IOException {
        Optional<Ref> ref = wanted == null ? Optional.empty() : find(refs, wanted);
        boolean commit = wanted != null && ref.isEmpty() && ObjectId.isId(wanted);
        if (wanted != null && ref.isEmpty() && !commit) {
            List<String> names = refs.stream()
                    .filter(one -> one.getName().startsWith("refs/heads/"))
                    .map(GitFetcher::shortName)
                    .limit(10)
                    .toList();
            throw ApiException.invalid(
                    "/branch",
                    "the repository has no branch or tag \"" + wanted + "\"; it has " + String.join(", ", names));
        }
        Files.createDirectories(workspace);
        Path folder = Files.createTempDirectory(workspace, "checkout-");
        try {
            CloneCommand clone = Git.cloneRepository()
                    .setURI(location.repository())
                    .setDirectory(folder.toFile())
                    .setProgressMonitor(new FetchDeadline(rules.longest()))
                    .setNoTags();
            // A commit is not a ref: only the whole history is sure to hold it.
            if (!commit) {
                clone.setDepth(1);
            }
            ref.ifPresent(one -> clone.setBranch(one.getName()).setBranchesToClone(List.of(one.getName())));
            try (Git git = configure(clone, location).call()) {
                if (commit) {
                    git.checkout().setName(wanted).call();
                }
                ObjectId head = git.getRepository().resolve("HEAD");
                @Nullable
                String branch = ref.map(GitFetcher::shortName)
                        .orElse(commit ? wanted : git.getRepository().getBranch());
                return new Checkout(
                        folder, subfolder(folder, path), branch == null ? "" : branch, head == null ? "" : head.name());
            }
        } catch (GitAPIException | IOException | RuntimeException e) {
            Checkout.delete(folder);
            throw e;
        }
    }

    private static Path subfolder(Path folder, String path) {
        Path inner = folder.resolve(path).normalize();
        if (!inner.startsWith(folder) || !Files.exists(inner)) {
            throw ApiException.invalid("/url", "the repository has no folder \"" + path + "\"");
        }
        return inner;
    }

    private <C extends TransportCommand<C, ?>> C configure(C command, GitLocation location) throws IOException {
        if (location.isHttp()) {
            credentials.forUrl(location.repository()).ifPresent(command::setCredentialsProvider);
        }
        command.setTimeout(IDLE_SECONDS);
        command.setTransportConfigCallback(transport -> {
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(new GuardedConnections(rules.internal()));
            } else if (transport instanceof SshTransport secure && ssh != null) {
                secure.setSshSessionFactory(ssh);
            }
        });
        return command;
    }

    private static Optional<Ref> find(List<Ref> refs, String name) {
        List<String> candidates = new ArrayList<>(List.of("refs/heads/" + name, "refs/tags/" + name, name));
        return candidates.stream()
                .flatMap(candidate -> refs.stream().filter(ref -> ref.getName().equals(candidate)))
                .filter(ref -> !ref.getName().equals("HEAD"))
                .findFirst();
    }

    private static String shortName(Ref ref) {
        return ref.getName().replaceFirst("^refs/(heads|tags)/", "");
    }
}
