package ai.kubiya.server.contract.fuzz;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.Router;
import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.Belongings;
import ai.kubiya.server.testing.DescribedAnswers;
import ai.kubiya.server.testing.DescribedApi;
import ai.kubiya.server.testing.DescribedApi.Operation;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.AssertionFailedError;

/**
 * Thousands of requests to every route there is, made out of the description and broken in many ways. Whatever comes:
 * no failure of the server's own, always an answer, answers as described, and nothing of another organisation's in them.
 *
 * <p>{@code -Dfuzz.requests=20000} sends more than the few of a usual run, {@code -Dfuzz.seed=7} others, and with
 * {@code -Dfuzz.first=4711 -Dfuzz.requests=1} the one that failed.
 */
class FuzzTest {
    private static final DescribedApi API = DescribedApi.ofRepository();
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_126);
    private static final int FIRST = Integer.getInteger("fuzz.first", 0);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3000);
    private static final int WORKERS = 4;
    /** What an organisation owns is used up by then: renamed, full, unlike anything sensible. */
    private static final int FRESH_AFTER = 500;

    private static final String CANARY = "canary-8f3a1c";
    /** Lead to another path. */
    private static final Pattern NAMED = Pattern.compile(CANARY + "[\\w-]*");

    private static final Pattern DOTS = Pattern.compile("(?i)/(\\.|%2e){1,2}(/|$)");

    private static final Pattern OFFLINE =
            Pattern.compile("The runner \\\\\".*\\\\\" is offline|No runner with the labels .* is healthy now");

    private static final String NO_MODEL = "No language model is configured.";

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<Integer, AtomicInteger>> statusesByRoute = new ConcurrentSkipListMap<>();
    private final AtomicInteger next = new AtomicInteger(FIRST);

    /** A route with what its requests are made of. */
    private record Target(Router.Route route, Optional<Operation> operation) {
        @Override
        public String toString() {
            return route.method() + " " + route.pattern();
        }
    }

    /** An organisation in which two workers get into each other's way. */
    private static final class Homestead {
        private final Supplier<ApiClient> organizations;
        private final Belongings foreign;
        private @Nullable Ground ground;
        private int uses;

        Homestead(Supplier<ApiClient> organizations, Belongings foreign) {
            this.organizations = organizations;
            this.foreign = foreign;
        }

        synchronized Ground ground(int number) {
            Ground current = ground;
            if (current == null || uses++ > FRESH_AFTER) {
                // A new one each time: some things an organisation may have only so many of.
                ApiClient client = organizations.get();
                current = new Ground(client.key(), Belongings.of(client, "own-" + number), foreign);
                ground = current;
                uses = 0;
            }
            return current;
        }

        synchronized void usedUp() {
            uses = FRESH_AFTER + 1;
        }
    }

    private static List<Target> targets(TestServer server) {
        Map<String, Operation> operations = new TreeMap<>();
        API.operations(true).forEach(operation -> operations.put(operation.toString(), operation));
        return server.router().routes().stream()
                .map(route -> {
                    String sister = route.pattern().replaceFirst("^/api/v\\d/", "/v1/");
                    return new Target(route, Optional.ofNullable(operations.get(route.method() + " " + sister)));
                })
                .toList();
    }

    @Test
    @Timeout(3600)
    void findsNothingButTheClientsOwnMistakes() throws Exception {
        try (TestServer server = TestServer.builder()
                .withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true")
                .start()) {
            Belongings foreign = Belongings.of(server.newOrganization(), CANARY);
            Map<String, String> before = foreign.state();
            List<Target> targets = targets(server);
            long begun = System.nanoTime();
            try (var threads = Executors.newFixedThreadPool(WORKERS)) {
                List<Future<?>> workers = new ArrayList<>();
                for (int pair = 0; pair < WORKERS / 2; pair++) {
                    Homestead homestead = new Homestead(server::newOrganization, foreign);
                    for (int worker = 0; worker < 2; worker++) {
                        workers.add(threads.submit(() -> work(server, targets, homestead)));
                    }
                }
                for (Future<?> worker : workers) {
                    worker.get();
                }
            }
            report(targets.size(), System.nanoTime() - begun);
            assertThat(failures).as("seed " + SEED).isEmpty();
            assertThat(foreign.state()).as("of the other organisation").isEqualTo(before);
            assertThat(server.client().get("/readyz")).hasStatus(200);
        }
    }

    private void report(int routes, long took) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        statusesByRoute
                .values()
                .forEach(
                        counts -> counts.forEach((status, count) -> statuses.merge(status, count.get(), Integer::sum)));
        Map<String, Map<Integer, AtomicInteger>> refusedOnly = new TreeMap<>(statusesByRoute);
        refusedOnly.values().removeIf(counts -> counts.keySet().stream().anyMatch(status -> status < 300));
        System.out.printf(
                "seed %d: %d requests to %d routes in %d s; answers by status %s%nnothing but refusals from %s%n",
                SEED, REQUESTS, routes, took / 1_000_000_000, statuses, refusedOnly);
    }

    private void work(TestServer server, List<Target> targets, Homestead homestead) {
        String before = "nothing";
        try (FuzzConnection connection = new FuzzConnection(server.port())) {
            for (int i = next.getAndIncrement();
                    i < FIRST + REQUESTS && failures.size() < 20;
                    i = next.getAndIncrement()) {
                Ground ground = homestead.ground(i);
                Target target = targets.get(i % targets.size());
                Random random = new Random(SEED * 1_000_003 + i);
                FuzzRequest request = new RequestMaker(API, ground, random).request(target.route(), target.operation());
                try {
                    FuzzConnection.Heard heard = connection.send(request);
                    check(target, request, heard);
                    if (request.method().equals("DELETE") && heard.answer().status() < 300) {
                        homestead.usedUp();
                    }
                } catch (IOException | RuntimeException | AssertionError e) {
                    failures.add("number " + i + ": " + e + "\n" + request + "\nafter " + before);
                }
                before = request.toString();
            }
        } catch (IOException e) {
            throw new AssertionFailedError("closing", e);
        }
    }

    /** A refusal may say back the name that it was asked for, and an answer the values that were sent. */
    private static String withoutEcho(FuzzRequest request, String body) {
        String left = body;
        for (String sent : List.of(request.path(), request.bodyText())) {
            for (MatchResult named : NAMED.matcher(sent).results().toList()) {
                left = left.replace("\\\"" + named.group() + "\\\"", "").replace("\"" + named.group() + "\"", "");
            }
        }
        return left;
    }

    private void check(Target target, FuzzRequest request, FuzzConnection.Heard heard) {
        Answer answer = heard.answer();
        statusesByRoute
                .computeIfAbsent(target.toString(), _ -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(answer.status(), _ -> new AtomicInteger())
                .incrementAndGet();
        if (answer.status() >= 500 && !isAllowed(answer)) {
            throw new AssertionError("answered " + answer);
        }
        if (withoutEcho(request, answer.body()).contains(CANARY)
                || answer.headers().toString().contains(CANARY)) {
            throw new AssertionError("told of another organisation: " + answer);
        }
        if (answer.header("X-Request-Id").isEmpty()) {
            throw new AssertionError("no X-Request-Id: " + answer);
        }
        String body = heard.stream() ? null : answer.body();
        if (!DOTS.matcher(request.path()).find()) {
            DescribedAnswers.check(
                    request.method().toUpperCase(Locale.ROOT), plain(request), answer.status(), answer.headers(), body);
        }
        if (answer.status() >= 400
                && !request.method().equals("HEAD")
                && answer.at("/errorCode").isMissingNode()) {
            assertThat(answer.at("/error/message").asText())
                    .as("in another API's form")
                    .isNotEmpty();
        }
    }

    /** As the description has it: the server overlooks parameters of segments (RFC 3986, 3.3). */
    private static String plain(FuzzRequest request) {
        return request.target().replaceAll(";[^/?]*", "");
    }

    /** This server has no language model, and no fuzz will give it one that answers; nor start a runner that it made. */
    private static boolean isAllowed(Answer answer) {
        return answer.status() == 503
                && (answer.body().contains(NO_MODEL)
                        || OFFLINE.matcher(answer.body()).find());
    }
}
