package ai.kubiya.server.source.git;

import ai.kubiya.server.http.InternalAddresses;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.UnknownHostException;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/** Looks at the address of every connection that git opens, so that a redirect cannot lead inside either. */
final class GuardedConnections implements HttpConnectionFactory {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final HttpConnectionFactory plain = new JDKHttpConnectionFactory();
    private final boolean allowInternal;

    GuardedConnections(boolean allowInternal) {
        this.allowInternal = allowInternal;
    }

    /** A redirect to an address that may not be reached. */
    static final class InternalAddressException extends IOException {
        private static final long serialVersionUID = 1L;

        InternalAddressException(String host) {
            super(host + " is an internal address");
        }
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        check(url);
        return withTimeout(plain.create(url));
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        check(url);
        return withTimeout(plain.create(url, proxy));
    }

    private void check(URL url) throws IOException {
        try {
            if (!allowInternal && InternalAddresses.hasAny(url.getHost())) {
                throw new InternalAddressException(url.getHost());
            }
        } catch (UnknownHostException e) {
            throw new UnknownHostException(url.getHost());
        }
    }

    private static HttpConnection withTimeout(HttpConnection connection) {
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        return connection;
    }
}
