package ai.kubiya.server.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Tells addresses that only this machine or its network can reach. A user who may name a url must not make the server
 * fetch what the user could not: its own services, its neighbours, the cloud's metadata service.
 */
public final class InternalAddresses {
    private InternalAddresses() {}

    /**
     * Whether any address of a host is internal.
     *
     * @throws UnknownHostException when the name has no address
     */
    public static boolean hasAny(String host) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (isInternal(address)) {
                return true;
            }
        }
        return false;
    }

    public static boolean isInternal(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return switch (address) {
            // "this network", carrier-grade NAT, IETF protocol assignments, benchmarking, reserved and broadcast
            case Inet4Address _ ->
                first == 0
                        || (first == 100 && (second & 0xc0) == 64)
                        || (first == 192 && second == 0 && bytes[2] == 0)
                        || (first == 198 && (second & 0xfe) == 18)
                        || first >= 240;
            // unique local, and IPv4 hidden in NAT64 or 6to4
            case Inet6Address _ ->
                (first & 0xfe) == 0xfc
                        || (first == 0 && second == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b)
                        || (first == 0x20 && second == 0x02);
            default -> true;
        };
    }
}
