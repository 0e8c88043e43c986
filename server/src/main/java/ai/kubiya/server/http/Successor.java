package ai.kubiya.server.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * What took a path's place. Answers of the old path say so (RFC 9745, RFC 8594) until it goes.
 *
 * @param path to use instead
 * @param since when the path was superseded
 * @param until when it may go
 */
public record Successor(String path, Instant since, Instant until) {
    /** Paths that clients build by mistake, with a prefix twice; see {@link PathRewrite}. */
    static Successor ofDoubledPrefix(String path) {
        return new Successor(path, Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2028-11-24T00:00:00Z"));
    }

    Map<String, String> headers() {
        return Map.of(
                "Deprecation", "@" + since.getEpochSecond(),
                "Sunset", DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC)),
                "Link", "<" + Request.encodePath(path) + ">; rel=\"successor-version\"");
    }
}
