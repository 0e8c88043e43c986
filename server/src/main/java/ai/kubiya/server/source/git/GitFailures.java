package ai.kubiya.server.source.git;

import ai.kubiya.server.http.ApiException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what git throws into a sentence for whoever sent the url. */
final class GitFailures {
    private static final Logger log = LoggerFactory.getLogger(GitFailures.class);

    private final String url;
    private final boolean internalAllowed;

    GitFailures(String url, boolean internalAllowed) {
        this.url = url;
        this.internalAllowed = internalAllowed;
    }

    ApiException explain(Exception failure) {
        log.info("fetching {} failed: {}", url, failure.toString());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = sentence(cause);
            if (sentence != null) {
                return ApiException.invalid("/url", sentence);
            }
        }
        return ApiException.invalid("/url", "no git repository could be read at " + url + ": " + withoutUrl(failure));
    }

    private @Nullable String sentence(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return switch (cause) {
            case GuardedConnections.InternalAddressException inside ->
                "leads to an internal address of the server's network (" + inside.getMessage() + ")"
                        + (internalAllowed ? "" : "; it was redirected there");
            case UnknownHostException host -> "names the host " + host.getMessage() + ", which does not exist";
            case UnresolvedAddressException _ -> "names a host that does not exist";
            case ConnectException refused -> "the host does not answer: " + refused.getMessage();
            case SocketTimeoutException slow -> "the host answers too slowly: " + slow.getMessage();
            case CanceledException late -> "fetching the repository took too long (" + late.getMessage() + ")";
            case NoRemoteRepositoryException none -> "there is no git repository at " + url + ", or it is private";
            case NotSupportedException unknown -> "is not a url that git understands";
            default ->
                isAboutAccess(message)
                        ? "the repository is private or does not exist: the host asks for credentials. Name a file with"
                                + " them in KUBIYA_GIT_CREDENTIALS (https) or KUBIYA_GIT_SSH_KEYS (ssh)"
                        : null;
        };
    }

    private static boolean isAboutAccess(String message) {
        return message.contains("authentication is required")
                || message.contains("not authorized")
                || message.contains("auth fail")
                || message.contains("cannot log in")
                || message.contains("no more authentication methods")
                || message.contains("git-receive-pack not permitted");
    }

    /** git puts the url in front of its messages, which then would stand there twice. */
    private String withoutUrl(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return message.replace(url + ": ", "").replace(url + ".git: ", "");
    }
}
