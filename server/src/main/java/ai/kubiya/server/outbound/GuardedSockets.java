package ai.kubiya.server.outbound;

import ai.kubiya.server.http.InternalAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that look at the address they are about to connect to. The name has been looked up by then, so whatever the name
 * service says a moment later makes no difference, and there is no way around: redirects and numbers in odd forms end here
 * too.
 */
final class GuardedSockets extends SocketFactory {
    private final boolean internalAllowed;

    GuardedSockets(boolean internalAllowed) {
        this.internalAllowed = internalAllowed;
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                check(endpoint);
                super.connect(endpoint, timeout);
            }
        };
    }

    private void check(SocketAddress endpoint) throws IOException {
        boolean fine = internalAllowed
                || (endpoint instanceof InetSocketAddress internet
                        && !internet.isUnresolved()
                        && !InternalAddresses.isInternal(internet.getAddress()));
        if (!fine) {
            throw new CallFailed(CallFailed.INTERNAL_ADDRESS);
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw unconnected();
    }

    private static UnsupportedOperationException unconnected() {
        return new UnsupportedOperationException("only sockets that are not connected yet");
    }
}
