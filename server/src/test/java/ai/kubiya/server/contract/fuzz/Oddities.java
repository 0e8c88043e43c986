package ai.kubiya.server.contract.fuzz;

import static ai.kubiya.server.contract.fuzz.Ground.pick;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What people, attackers and broken clients write where something else is expected. */
final class Oddities {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "true",
            "0",
            "-1",
            "NaN",
            "undefined",
            "../../../etc/passwd",
            "..",
            ".",
            "*",
            "%",
            "%00",
            "%s%s%n",
            "a\u0000b",
            "\u0000",
            "a\nb\r\nX-Injected: yes",
            "\t",
            "'; DROP TABLE agent; --",
            "\" OR \"\"=\"",
            "\\",
            "{{.x}}",
            "{{ range . }}",
            "${jndi:ldap://127.0.0.1:1/x}",
            "$(id)",
            "`id`",
            "<script>alert(1)</script>",
            "🚀🚀🚀",
            "Grüße aus Köln",
            "\u202Etxt.exe",
            "a\u0301\u0301\u0301",
            "\uFEFF",
            "\uFFFF",
            "\uD83D",
            "\uDC00x",
            "İıſK",
            "１２３",
            "self",
            "auto",
            "local",
            "agent/",
            "9223372036854775808",
            "99999999999999999999999999",
            "1e400",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "1-1-1-1-1",
            "@",
            "[*]",
            "$.x",
            "{",
            "[]",
            "a,b,,c",
            "*/1 * * * *");

    /** Never more than this machine: what is well-formed may be dialled. */
    static final List<String> URLS = List.of(
            "http://127.0.0.1:1/",
            "http://127.0.0.1:1/org/repo.git",
            "http://127.0.0.1:1/org/repo/tree/main/tools",
            "https://127.0.0.1:1/x?y=z#w",
            "http://[::1]:1/x",
            "http://127.0.0.1:0/",
            "http://127.0.0.1:99999/",
            "http://user:password@127.0.0.1:1/x.git",
            "file:///etc",
            "ftp://127.0.0.1:1/x",
            "http://",
            "http:///x",
            "://",
            "not a url",
            "http://127.0.0.1:1/%zz",
            "http://127.0.0.1:1/ü x",
            "javascript:alert(1)",
            "http://127.0.0.1:1/\u0000");

    /** Some of them can be read, and kept nowhere. */
    static final List<String> TIMES = List.of(
            "2026-02-30T25:61:61Z",
            "2026-01-31",
            "2026-01-31T12:00:00",
            "2026-01-31T12:00:00+14:00",
            "2026-01-31T12:00:00.123456789Z",
            "2099-12-31T23:59:60Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "+10000-01-01T00:00:00Z",
            "+294277-01-01T00:00:00Z",
            "-4714-01-01T00:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59Z",
            "1969-12-31t23:59:59z",
            "now",
            "1795496008");

    private Oddities() {}

    static String text(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> pick(TEXTS, random).repeat(1 + random.nextInt(300));
            case 1 -> "x".repeat(pick(List.of(129, 201, 256, 2001, 5000, 70_000), random));
            case 2 ->
                UUID.nameUUIDFromBytes(Long.toString(random.nextLong()).getBytes(StandardCharsets.US_ASCII))
                        .toString();
            case 3 -> mess(random);
            default -> pick(TEXTS, random);
        };
    }

    /** Characters without any order. */
    private static String mess(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                default -> text.append((char) (32 + random.nextInt(95)));
            }
        }
        return text.toString();
    }

    /** JSON as it is written: numbers beyond all bounds, nesting without end, and some that is none. */
    static String json(RandomGenerator random) {
        return switch (random.nextInt(18)) {
            case 0 -> "1e400";
            case 1 -> "-1e400";
            case 2 -> "1" + "0".repeat(pick(List.of(19, 40, 400, 999, 1500), random));
            case 3 -> "0." + "0".repeat(600) + "1";
            case 4 -> "1E+2147483647";
            case 5 -> "9223372036854775808";
            case 6 -> "-9223372036854775808";
            case 7 -> "-0.0";
            case 8 -> nested("[", "]", pick(List.of(30, 90, 99, 101, 20_000), random));
            case 9 -> nested("{\"a\":", "}", pick(List.of(30, 90, 99, 101, 20_000), random));
            case 10 -> "\"\\ud800\"";
            case 11 -> "\"\\u0000\"";
            case 12 -> "{\"\\u0000\": 1}";
            case 13 -> "NaN";
            case 14 -> "{\"a\": 1, \"a\": 2}";
            case 15 -> "[" + "1,".repeat(2000) + "1]";
            case 16 -> "2147483648";
            default -> "1.5";
        };
    }

    private static String nested(String open, String close, int depth) {
        return open.repeat(depth) + "1" + close.repeat(depth);
    }
}
