package ai.kubiya.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds out where a request comes from when proxies stand before the server. Each proxy adds the address that it saw to
 * the end of {@code X-Forwarded-For}, so the list is read backwards for as long as it was written by proxies that the
 * operator named; what stands before is the client's word and worth nothing.
 */
public final class ClientAddress {
    private final List<Block> trusted;

    private ClientAddress(List<Block> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /** Addresses that begin with the same bits. */
    private record Block(InetAddress address, int bits) {
        static Block of(String text) {
            int slash = text.indexOf('/');
            InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int all = 8 * address.getAddress().length;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException("a prefix has 0 to " + all + " bits");
            }
            return new Block(address, bits);
        }

        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] others = other.getAddress();
            int whole = bits / 8;
            return mine.length == others.length
                    && Arrays.equals(mine, 0, whole, others, 0, whole)
                    && (bits % 8 == 0 || ((mine[whole] ^ others[whole]) & 0xff) >> (8 - bits % 8) == 0);
        }
    }

    /**
     * Believes these proxies.
     *
     * @param proxies addresses and blocks of them, separated by commas; empty = none
     * @throws IllegalArgumentException with the end of a sentence that begins with the name of the setting
     */
    public static ClientAddress behind(String proxies) {
        List<Block> blocks = new ArrayList<>();
        for (String text : proxies.split(",", -1)) {
            if (!text.isBlank()) {
                try {
                    blocks.add(Block.of(text.trim()));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "must be a comma separated list of addresses and blocks such as 10.0.0.0/8, got \""
                                    + text.trim() + "\"",
                            e);
                }
            }
        }
        return new ClientAddress(blocks);
    }

    /**
     * The client's address.
     *
     * @param peer the other end of the connection
     * @param forwardedFor values of all headers of that name, in their order
     */
    String of(String peer, List<String> forwardedFor) {
        Optional<InetAddress> known = parse(peer);
        if (known.isEmpty()) {
            return peer;
        }
        InetAddress last = known.get();
        List<String> hops =
                Arrays.asList(String.join(",", forwardedFor).split(",", -1)).reversed();
        for (String hop : hops) {
            if (!isTrusted(last)) {
                break;
            }
            Optional<InetAddress> next = parse(hop.trim());
            if (next.isEmpty()) {
                break;
            }
            last = next.get();
        }
        return last.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
    }

    /** Some proxies add the port, and brackets around addresses of IPv6. */
    private static Optional<InetAddress> parse(String text) {
        String bare = text;
        if (bare.startsWith("[")) {
            int end = bare.indexOf(']');
            bare = end < 0 ? "" : bare.substring(1, end);
        } else if (bare.indexOf(':') >= 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        int zone = bare.indexOf('%');
        try {
            return Optional.of(InetAddress.ofLiteral(zone < 0 ? bare : bare.substring(0, zone)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
