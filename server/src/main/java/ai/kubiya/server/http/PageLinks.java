package ai.kubiya.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code X-Total-Count} and {@code Link} (RFC 8288) for bare arrays. */
final class PageLinks {
    private PageLinks() {}

    static Map<String, String> headers(Request request, Page<?> page) {
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Total-Count", Long.toString(page.total()));
        int limit = page.range().limit();
        if (limit == Integer.MAX_VALUE) {
            return headers;
        }
        long offset = page.range().offset();
        long last = page.total() == 0 ? 0 : (page.total() - 1) / limit * limit;
        List<String> links = new ArrayList<>();
        links.add(link(request, limit, 0, "first"));
        if (offset > 0) {
            links.add(link(request, limit, Math.max(0, offset - limit), "prev"));
        }
        if (offset + limit < page.total()) {
            links.add(link(request, limit, offset + limit, "next"));
        }
        links.add(link(request, limit, last, "last"));
        headers.put("Link", String.join(", ", links));
        return headers;
    }

    private static String link(Request request, int limit, long offset, String relation) {
        return "<" + Request.encodePath(request.path()) + "?limit=" + limit + "&offset=" + offset
                + request.otherQuery("limit", "offset", "page") + ">; rel=\"" + relation + "\"";
    }
}
