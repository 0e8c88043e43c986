package ai.kubiya.server.workflow.step;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.kubiya.runner.output.SecretMask;
import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.execution.Ending;
import ai.kubiya.server.execution.Execution;
import ai.kubiya.server.execution.LeasedExecution;
import ai.kubiya.server.execution.Leases;
import ai.kubiya.server.execution.Status;
import ai.kubiya.server.execution.work.CallerWork;
import ai.kubiya.server.http.ApiCalls;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.model.Cancellation;
import ai.kubiya.server.outbound.CallAnswer;
import ai.kubiya.server.outbound.CallFailed;
import ai.kubiya.server.outbound.OutboundHttp;
import ai.kubiya.server.secret.Secrets;
import ai.kubiya.server.tool.run.RequestSecrets;
import ai.kubiya.server.user.UserService;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the requests of steps. One that was being made when its server died is lost: it may have had effects. */
public final class StepWork extends CallerWork {
    /** Where such steps wait for a server. */
    public static final String QUEUE = "steps";

    private static final Pattern SECRET = Pattern.compile("\\$\\{\\s*secrets\\.([A-Za-z0-9_.-]+)\\s*}");

    private final OutboundHttp outbound;
    private final ApiCalls api;
    private final Secrets secrets;
    private final RequestSecrets requestSecrets;

    public StepWork(
            Leases leases,
            OutboundHttp outbound,
            ApiCalls api,
            UserService users,
            Secrets secrets,
            RequestSecrets requestSecrets,
            Clock clock) {
        super(leases, users, clock);
        this.outbound = outbound;
        this.api = api;
        this.secrets = secrets;
        this.requestSecrets = requestSecrets;
    }

    /** What came back, or why nothing did. */
    private record Outcome(int status, String body, String failure) {}

    @Override
    protected void run(LeasedExecution leased, Caller caller, Cancellation cancellation) {
        Execution execution = leased.execution();
        ObjectNode spec = execution.spec();
        Map<String, String> values = values(caller, execution, spec);
        SecretMask mask = SecretMask.of(values.values());
        Thread here = Thread.currentThread();
        Outcome outcome;
        try (Cancellation.Registration _ = cancellation.onCancel(here::interrupt)) {
            outcome = ask(caller, spec, values);
        } catch (InterruptedException e) {
            outcome = new Outcome(0, "", "it was interrupted");
        }
        boolean interrupted = Thread.interrupted();
        if (cancellation.isCancelled()) {
            end(leased, "", Ending.of(Status.CANCELLED, "cancelled", "It was cancelled."));
        } else if (interrupted || outcome.failure().equals("it was interrupted")) {
            end(
                    leased,
                    "",
                    Ending.of(
                            Status.LOST,
                            "lost",
                            "The server stopped while it waited for the answer; it may have had" + " effects."));
        } else {
            end(leased, mask.mask(outcome.body()), ending(spec, outcome, mask));
        }
    }

    private Map<String, String> values(Caller caller, Execution execution, ObjectNode spec) {
        TreeSet<String> names = SECRET.matcher(Json.text(spec))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> values = new HashMap<>();
        if (names.isEmpty()) {
            return values;
        }
        values.putAll(requestSecrets.of(execution.organizationId(), execution.parentId()));
        names.removeAll(values.keySet());
        if (!names.isEmpty() && caller.may(Scope.SECRETS_READ)) {
            List<String> missing = secrets.missing(execution.organizationId(), new ArrayList<>(names));
            names.removeAll(missing);
            values.putAll(secrets.values(execution.organizationId(), new ArrayList<>(names)));
        }
        return values;
    }

    private Outcome ask(Caller caller, ObjectNode spec, Map<String, String> secrets) throws InterruptedException {
        String method = spec.path("method").asText();
        String url = revealed(spec.path("url").asText(), secrets);
        byte[] body =
                spec.has("body") ? revealed(spec.path("body").asText(), secrets).getBytes(UTF_8) : null;
        if (spec.path("type").asText().equals("kubiya")) {
            ApiCalls.Answer answer = api.call(caller, method, url, body == null ? new byte[0] : body);
            return new Outcome(answer.status(), answer.body(), "");
        }
        String problem = outbound.problem(url);
        if (problem != null) {
            return new Outcome(0, "", "the url " + problem);
        }
        Map<String, String> headers = new HashMap<>();
        spec.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), revealed(header.getValue().asText(), secrets)));
        try {
            CallAnswer answer = outbound.call(method, url, headers, body);
            return new Outcome(answer.status(), answer.body(), "");
        } catch (CallFailed e) {
            return new Outcome(0, "", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new Outcome(0, "", "a header has a character that no header can have");
        }
    }

    private static String revealed(String text, Map<String, String> secrets) {
        return SECRET.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(secrets.getOrDefault(found.group(1), found.group())));
    }

    private static Ending ending(ObjectNode spec, Outcome outcome, SecretMask mask) {
        String what =
                spec.path("method").asText() + " " + mask.mask(spec.path("url").asText());
        if (outcome.status() == 0) {
            return Ending.of(Status.FAILED, "request_failed", what + ": " + mask.mask(outcome.failure()) + ".");
        }
        if (outcome.status() >= 400) {
            return Ending.of(Status.FAILED, "request_refused", what + " answered " + outcome.status() + ".");
        }
        return Ending.completed();
    }
}
