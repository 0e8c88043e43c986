package ai.kubiya.server.docs;

import ai.kubiya.server.contract.ApiDescription;
import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.ErrorCode;
import ai.kubiya.server.http.Request;
import ai.kubiya.server.http.Response;
import ai.kubiya.server.http.Router;
import ai.kubiya.server.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Serves the documentation; open, since it says nothing that the repository does not. */
public final class DocsRoutes implements Routes {
    /** Nothing but this server's own style, picture and one script that knows the reader's theme. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
            + "; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private final DocPages pages;

    public DocsRoutes(ApiDescription description) {
        this.pages = new DocPages(description);
    }

    @Override
    public void addTo(Router router) {
        for (String url : pages.urls()) {
            router.open("GET", url, request -> page(pages.html(url)));
        }
        router.open("GET", DocLinks.ROOT + "/search", this::search);
        router.open("GET", DocLinks.API + "/{api_tag}", this::reference);
    }

    private Response search(Request request) {
        String question = request.query("q").orElse("");
        return page(pages.searchHtml(question.substring(0, Math.min(question.length(), 200))));
    }

    private Response reference(Request request) {
        String html = pages.referenceHtml(request.parameter("api_tag"));
        if (html == null) {
            throw ApiException.of(
                    ErrorCode.NOT_FOUND,
                    "The API reference has no part \"" + request.parameter("api_tag") + "\"; see " + DocLinks.API
                            + ".");
        }
        return page(html);
    }

    private static Response page(String html) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("Cache-Control", "no-cache");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        return new Response.Whole(200, headers, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }
}
