package ai.kubiya.server.http;

import ai.kubiya.server.access.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of routes. A pattern is made of literals and {@code {names}}; a literal wins over a name. Every route
 * names its scope; {@link #open} is the visible exception for paths that need no key.
 */
public final class Router {
    /** Bodies larger than this are refused unless the route says otherwise. */
    public static final long DEFAULT_BODY_LIMIT = 4L << 20;

    private final List<Route> routes = new ArrayList<>();
    private final Node root = new Node();

    /** Whom a route lets in. */
    public enum Guard {
        /** Everybody; nothing is read. */
        NONE,
        /** Holders of an API key. */
        KEY,
        /** Runners, with their token. */
        RUNNER
    }

    /**
     * One route.
     *
     * @param guard whom it lets in
     * @param scope what the key must grant; null behind {@link Guard#KEY} = any valid key
     * @param bodyLimit largest body in bytes
     * @param bearer whether {@code Bearer} is taken for {@code UserKey}
     * @param passes what is taken besides keys, also as the password of HTTP's basic authentication; null = nothing
     * @param successor what took the path's place; null = it is current
     */
    public record Route(
            String method,
            String pattern,
            Guard guard,
            @Nullable Scope scope,
            long bodyLimit,
            boolean bearer,
            @Nullable Passes passes,
            Surface surface,
            @Nullable Successor successor,
            Handler handler) {

        /** A route guarded by a scope, on the surface that its path tells. */
        public static Route of(String method, String pattern, Scope scope, Handler handler) {
            Surface surface = Surface.of(pattern);
            boolean bearer = surface == Surface.COMPATIBILITY;
            return new Route(
                    method, pattern, Guard.KEY, scope, DEFAULT_BODY_LIMIT, bearer, null, surface, null, handler);
        }

        /** A route for every valid key, whatever it may do. */
        public static Route anyKey(String method, String pattern, Handler handler) {
            Surface surface = Surface.of(pattern);
            boolean bearer = surface == Surface.COMPATIBILITY;
            return new Route(
                    method, pattern, Guard.KEY, null, DEFAULT_BODY_LIMIT, bearer, null, surface, null, handler);
        }

        /** A route for runners, each with its token; keys of users do not open it. */
        public static Route ofRunner(String method, String pattern, Handler handler) {
            return new Route(
                    method,
                    pattern,
                    Guard.RUNNER,
                    null,
                    DEFAULT_BODY_LIMIT,
                    true,
                    null,
                    Surface.of(pattern),
                    null,
                    handler);
        }

        /** Whether it needs nothing. */
        public boolean open() {
            return guard == Guard.NONE;
        }

        /** A route for everybody, without a key. */
        public static Route open(String method, String pattern, Handler handler) {
            Surface surface = Surface.of(pattern);
            return new Route(
                    method, pattern, Guard.NONE, null, DEFAULT_BODY_LIMIT, false, null, surface, null, handler);
        }

        public Route withBodyLimit(long bytes) {
            return new Route(method, pattern, guard, scope, bytes, bearer, passes, surface, successor, handler);
        }

        /** Also takes {@code Bearer}: for fronts whose clients can send nothing else. */
        public Route withBearer() {
            return new Route(method, pattern, guard, scope, bodyLimit, true, passes, surface, successor, handler);
        }

        /** Also takes these, and takes them and keys as the password of HTTP's basic authentication. */
        public Route withPasses(Passes taken) {
            return new Route(method, pattern, guard, scope, bodyLimit, bearer, taken, surface, successor, handler);
        }

        /** Answers say that another path took this one's place. */
        public Route supersededBy(Successor other) {
            return new Route(method, pattern, guard, scope, bodyLimit, bearer, passes, surface, other, handler);
        }
    }

    record Match(Route route, Map<String, String> parameters) {}

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<String, Route> byMethod = new HashMap<>();
        final List<String> parameterNames = new ArrayList<>();

        @Nullable
        Node parameter;
    }

    public Router get(String pattern, Scope scope, Handler handler) {
        return add("GET", pattern, scope, handler);
    }

    public Router post(String pattern, Scope scope, Handler handler) {
        return add("POST", pattern, scope, handler);
    }

    public Router put(String pattern, Scope scope, Handler handler) {
        return add("PUT", pattern, scope, handler);
    }

    public Router patch(String pattern, Scope scope, Handler handler) {
        return add("PATCH", pattern, scope, handler);
    }

    public Router delete(String pattern, Scope scope, Handler handler) {
        return add("DELETE", pattern, scope, handler);
    }

    public Router add(String method, String pattern, Scope scope, Handler handler) {
        return add(Route.of(method, pattern, scope, handler));
    }

    /** A route without authentication. */
    public Router open(String method, String pattern, Handler handler) {
        return add(Route.open(method, pattern, handler));
    }

    public Router add(Route route) {
        Node node = root;
        List<String> names = new ArrayList<>();
        for (String segment : segments(route.pattern())) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
                if (node.parameter == null) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (!node.byMethod.isEmpty() && !node.parameterNames.equals(names)) {
            throw new IllegalStateException("two names for one parameter: " + route.pattern());
        }
        node.parameterNames.clear();
        node.parameterNames.addAll(names);
        if (node.byMethod.putIfAbsent(route.method(), route) != null) {
            throw new IllegalStateException("two routes for " + route.method() + " " + route.pattern());
        }
        routes.add(route);
        return this;
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /**
     * Finds the route of a path.
     *
     * @throws ApiException 404 when no pattern fits, 405 when one fits with other methods only
     */
    Match match(String method, String path) {
        List<String> values = new ArrayList<>();
        Node node = find(root, segments(path), 0, values)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.NOT_FOUND,
                        "There is nothing at " + path + ". The paths are listed in the API reference."));
        Route route = node.byMethod.get(method);
        if (route == null && method.equals("HEAD")) {
            route = node.byMethod.get("GET");
        }
        if (route == null) {
            throw ApiException.methodNotAllowed(
                    method, new TreeSet<>(node.byMethod.keySet()).stream().collect(Collectors.joining(", ")));
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            parameters.put(node.parameterNames.get(i), values.get(i));
        }
        return new Match(route, parameters);
    }

    private static Optional<Node> find(Node node, List<String> path, int depth, List<String> values) {
        if (depth == path.size()) {
            return node.byMethod.isEmpty() ? Optional.empty() : Optional.of(node);
        }
        Node literal = node.literals.get(path.get(depth));
        if (literal != null) {
            Optional<Node> found = find(literal, path, depth + 1, values);
            if (found.isPresent()) {
                return found;
            }
        }
        if (node.parameter == null || path.get(depth).isEmpty()) {
            return Optional.empty();
        }
        values.add(path.get(depth));
        Optional<Node> found = find(node.parameter, path, depth + 1, values);
        if (found.isEmpty()) {
            values.removeLast();
        }
        return found;
    }

    private static List<String> segments(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        if (inner.endsWith("/")) {
            inner = inner.substring(0, inner.length() - 1);
        }
        return List.of(inner.split("/", -1));
    }
}
