package ai.kubiya.server.gitops;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a hook takes, and from whom. */
@ServerTest
class GitEventsTest {
    private static String hook(String name, String provider) {
        return "{\"name\": \"%s\", \"provider\": \"%s\"}".formatted(name, provider);
    }

    static String push(String repository, String branch) {
        return """
                {"event": "push", "repository": "%s", "branch": "%s", "commit": "%s"}
                """.formatted(repository, branch, "a".repeat(40));
    }

    @Test
    void storesAnEventBeforeItAnswers(TestServer server, ApiClient client) {
        HookSender sender = HookSender.of(client, server.anonymous(), hook("stores", "git"));

        Answer answer = sender.send("", "d-1", push("https://git.example.com/nobody.git", "main"));

        assertThat(answer).hasStatus(202).has("/duplicate", false);
        Answer stored = client.get(sender.deliveries() + "/" + answer.id());
        assertThat(stored)
                .hasStatus(200)
                .has("/delivery_id", "d-1")
                .has("/type", "push")
                .has("/repository", "https://git.example.com/nobody.git")
                .has("/branch", "main");
        assertThat(ended(client, sender, answer.id()))
                .has("/status", "ignored")
                .has("/message", "no project has this repository and the branch main")
                .has("/runs", List.of());
        assertThat(client.get(sender.deliveries()).column("id")).containsExactly(answer.id());
        assertThat(client.get(sender.deliveries() + "?status=failed").rows()).isEmpty();
        assertThat(client.get(sender.deliveries() + "?status=nonsense")).hasStatus(400);
    }

    static Answer ended(ApiClient client, HookSender sender, String delivery) {
        Answer answer = client.get(sender.deliveries() + "/" + delivery);
        for (int i = 0; i < 3000 && answer.text("/status").equals("received"); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer = client.get(sender.deliveries() + "/" + delivery);
        }
        return answer;
    }

    @Test
    void takesTheSameDeliveryOnce(TestServer server, ApiClient client) {
        HookSender sender = HookSender.of(client, server.anonymous(), hook("once", "git"));
        String event = push("https://git.example.com/once.git", "main");

        List<Answer> answers = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> sender.send("", "the-same", event)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).hasStatus(202));
        assertThat(answers.stream().filter(answer -> !answer.at("/duplicate").asBoolean()))
                .hasSize(1);
        assertThat(answers.stream().map(Answer::id).distinct()).hasSize(1);
        assertThat(client.get(sender.deliveries()).rows()).hasSize(1);
        assertThat(sender.send("", "another", event)).has("/duplicate", false);
    }

    @Test
    void refusesWhatIsNotSignedAndSaysNoMore(TestServer server, ApiClient client) {
        for (String provider : List.of("github", "gitlab", "gitea", "git")) {
            HookSender sender = HookSender.of(client, server.anonymous(), hook("signed-" + provider, provider));
            String body = push("https://git.example.com/x.git", "main");
            Map<String, String> good = sender.headers("push", "d", body);

            for (String header : good.keySet()) {
                if (header.contains("Signature") || header.contains("Token")) {
                    Map<String, String> wrong = new HashMap<>(good);
                    wrong.put(header, good.get(header).replaceFirst(".$", "!"));
                    assertRefused(sender.post(wrong, body));
                    wrong.remove(header);
                    assertRefused(sender.post(wrong, body));
                }
            }
            if (!provider.equals("gitlab")) {
                assertRefused(sender.post(good, body + " "));
            }
            assertRefused(sender.post(Map.of(), "not even json"));
            assertThat(client.get(sender.deliveries()).rows()).isEmpty();
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer).hasStatus(401).has("/details", "The event is not signed as it must be.");
    }

    @Test
    void knowsNoOtherUrl(TestServer server, ApiClient client) {
        HookSender sender = HookSender.of(client, server.anonymous(), hook("url", "git"));
        String body = push("https://git.example.com/x.git", "main");

        for (String path : List.of("/v1/gitops/x", sender.path() + "x", "/v1/gitops/" + "x".repeat(1000))) {
            assertThat(server.anonymous().post(path, body)).hasStatus(404);
        }
        String old = sender.path();
        assertThat(client.post("/v1/gitops/hooks/url/rotate", "")).hasStatus(200);
        assertThat(server.anonymous().post(old, body)).hasStatus(404);
    }

    @Test
    void takesNothingWhileSwitchedOff(TestServer server, ApiClient client) {
        HookSender sender = HookSender.of(client, server.anonymous(), hook("off", "git"));
        assertThat(client.patch("/v1/gitops/hooks/off", "{\"enabled\": false}")).hasStatus(200);

        assertThat(sender.send("", push("https://git.example.com/x.git", "main")))
                .hasStatus(409);
    }

    @Test
    void ignoresOtherRepositoriesThanItsOwn(TestServer server, ApiClient client) {
        HookSender sender = HookSender.of(client, server.anonymous(), """
                {"name": "bound", "provider": "git", "repository_url": "https://git.example.com/own"}
                """);

        assertThat(sender.send("", push("https://git.example.com/other.git", "main")))
                .hasStatus(202)
                .has("/status", "ignored");
        assertThat(sender.send("", push("git@git.example.com:own.git", "main")))
                .hasStatus(202)
                .has("/status", "received");
    }

    @Test
    void saysWhatIsWrongWithAnEvent(TestServer server, ApiClient client) {
        HookSender sender = HookSender.of(client, server.anonymous(), hook("wrong", "git"));

        assertThat(sender.send("", "{")).hasStatus(400).hasErrorCode("INVALID_JSON");
        assertThat(sender.send("", "")).hasStatus(400);
        assertThat(sender.send("", "[]")).hasStatus(400).hasFieldError("/event", "push");
        assertThat(sender.send("", push("x", "main").replace("aaaa", "zzzz")))
                .hasStatus(400)
                .hasFieldError("/commit", "40 or 64");
        assertThat(sender.send("", push("x", "ma\\u0000in"))).hasStatus(202);
        assertThat(client.get(sender.deliveries()).rows()).hasSize(1);
    }

    @Test
    void takesNoMoreThanItsLimit(ApiClient ignored) {
        try (TestServer server = TestServer.builder()
                .withSetting("KUBIYA_GITOPS_EVENTS_PER_MINUTE", "5")
                .start()) {
            HookSender sender = HookSender.of(server.client(), server.anonymous(), hook("limited", "git"));
            HookSender other = HookSender.of(server.client(), server.anonymous(), hook("other", "git"));
            String body = push("https://git.example.com/x.git", "main");

            // A minute may end in between, so the limit has two of them to be met in.
            List<Answer> answers =
                    IntStream.range(0, 11).mapToObj(_ -> sender.send("", body)).toList();

            assertThat(answers.stream().filter(answer -> answer.status() == 429))
                    .isNotEmpty();
            assertThat(answers.getLast())
                    .hasStatus(429)
                    .hasErrorCode("RATE_LIMITED")
                    .hasHeader("Retry-After");
            assertThat(other.send("", body)).hasStatus(202);
        }
    }

    @Test
    void failsWhenItsOwnerIsGone(TestServer server, ApiClient client) {
        ApiClient other = server.newOrganization();
        String user = other.create("/v1/users", "{\"email\": \"%s\"}".formatted("gone@example.com"));
        String key = other.post(
                        "/v1/auth/keys",
                        "{\"name\": \"k\", \"user_id\": \"%s\", \"scopes\": [\"projects:write\"]}".formatted(user))
                .text("/key");
        HookSender sender = HookSender.of(server.withKey(key), server.anonymous(), hook("orphan", "git"));
        assertThat(other.delete("/v1/users/" + user)).hasStatus(200);

        Answer answer = sender.send("", push("https://git.example.com/x.git", "main"));

        assertThat(ended(other, sender, answer.id())).has("/status", "failed").mentions("not active any more");
        assertThat(other.patch("/v1/gitops/hooks/orphan", "{}")).hasStatus(200);
        assertThat(ended(
                        other,
                        sender,
                        sender.send("", push("https://git.example.com/x.git", "main"))
                                .id()))
                .has("/status", "ignored");
    }
}
