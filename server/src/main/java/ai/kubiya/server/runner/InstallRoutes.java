package ai.kubiya.server.runner;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Json;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.runner.install.HelmValues;
import ai.kubiya.server.runner.install.Installation;
import ai.kubiya.server.runner.install.Manifest;
import ai.kubiya.server.runner.install.Yaml;
import ai.kubiya.server.runner.token.NewRunnerToken;
import java.util.Set;

/**
 * HTTP of what installs a runner. Each answer holds a token, so each takes the right to manage runners; the url of a
 * manifest is as secret as the token in it and needs nothing else, because {@code kubectl apply -f} sends nothing else.
 */
public final class InstallRoutes implements Routes {
    private static final String BY_URL = "/api/v3/runners/install/";
    private static final String SUFFIX = ".yaml";

    private final RunnerService runners;
    private final String publicUrl;
    private final String image;

    /**
     * The routes.
     *
     * @param publicUrl where runners reach the server; empty = where the request reached it
     * @param image the container image of the runner
     */
    public InstallRoutes(RunnerService runners, String publicUrl, String image) {
        this.runners = runners;
        this.publicUrl = publicUrl;
        this.image = image;
    }

    @Override
    public void addTo(Router router) {
        router.open("GET", BY_URL + "{seed}", this::byUrl);
        router.get("/v1/runners/{runner}/manifest", Scope.RUNNERS_MANAGE, this::manifest)
                .get("/v1/runners/{runner}/helm", Scope.RUNNERS_MANAGE, this::values)
                .get("/api/v3/runners/helmchart/{runner}", Scope.RUNNERS_MANAGE, this::values)
                .get("/api/v3/runners/helm/{runner}", Scope.RUNNERS_MANAGE, this::values);
    }

    /** The url of a manifest with this token. */
    String url(Request request, NewRunnerToken token) {
        return base(request) + BY_URL + token.seed() + SUFFIX;
    }

    private String base(Request request) {
        return publicUrl.isEmpty()
                ? "http://" + request.header("Host").orElse("127.0.0.1")
                : publicUrl.replaceFirst("/+$", "");
    }

    private Response byUrl(Request request) {
        String name = request.parameter("seed");
        String seed = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        RunnerService.WithToken made = runners.ofSeed(seed)
                .orElseThrow(() -> ApiException.of(
                        ErrorCode.NOT_FOUND,
                        "There is no manifest at this url any more: such urls answer for a day. Ask for a new one with"
                                + " GET /v1/runners/NAME/manifest."));
        return yaml(Manifest.of(installation(request, made, "")));
    }

    /** Of whichever surface. */
    Response manifest(Request request) {
        RunnerService.WithToken made =
                runners.forInstallation(request.caller(), request.parameter("runner"), "manifest");
        return wantsYaml(request)
                ? yaml(Manifest.of(installation(request, made, request.caller().organizationName())))
                : Response.ok(Json.object().put("url", url(request, made.token())))
                        .withHeader("Cache-Control", "no-store");
    }

    private Response values(Request request) {
        Caller caller = request.caller();
        RunnerService.WithToken made = runners.forInstallation(caller, request.parameter("runner"), "helm values");
        var values = HelmValues.of(
                installation(request, made, caller.organizationName()),
                caller.userId().toString());
        boolean yaml = wantsYaml(request) || request.path().startsWith("/api/v3/runners/helm/");
        return yaml ? yaml(Yaml.text(values)) : Response.ok(values).withHeader("Cache-Control", "no-store");
    }

    private static boolean wantsYaml(Request request) {
        return request.query("format")
                .map("yaml"::equals)
                .orElseGet(() -> request.header("Accept")
                        .map(accept -> accept.contains("yaml"))
                        .orElse(false));
    }

    private static Response yaml(String text) {
        return Response.text(200, "application/yaml", text).withHeader("Cache-Control", "no-store");
    }

    private static String executor(Request request) {
        String executor = request.query("executor").orElse(Installation.SANDBOX);
        if (!Set.of(Installation.SANDBOX, Installation.KUBERNETES).contains(executor)) {
            throw ApiException.invalid("executor", "must be sandbox or kubernetes, got \"" + executor + "\"");
        }
        return executor;
    }

    private Installation installation(Request request, RunnerService.WithToken made, String organization) {
        RunnerDefinition definition = made.state().runner().definition();
        return new Installation(
                organization,
                made.state().runner().id(),
                definition.name(),
                definition.namespace(),
                definition.labels(),
                definition.concurrency(),
                base(request),
                made.token().text(),
                image,
                executor(request));
    }
}
