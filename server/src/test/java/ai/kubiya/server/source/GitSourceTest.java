package ai.kubiya.server.source;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.testing.Answer;
import ai.kubiya.server.testing.ApiClient;
import ai.kubiya.server.testing.GitRepository;
import ai.kubiya.server.testing.GitServer;
import ai.kubiya.server.testing.ServerTest;
import ai.kubiya.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Git repositories as sources: every form of url that people paste, over a real git host. */
@ServerTest(settings = {"KUBIYA_ALLOW_INTERNAL_WEBHOOKS=true", "KUBIYA_ALLOW_FILE_SOURCES=true"})
class GitSourceTest {

    private static Answer add(ApiClient client, String url) {
        return client.post("/v1/sources", "{\"url\": \"%s\"}".formatted(url));
    }

    private static List<String> tools(Answer source) {
        return source.at("/tools")
                .valueStream()
                .map(tool -> tool.path("name").asText())
                .toList();
    }

    @Test
    void addsARepositoryWithItsTools(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo hi");
        String commit = repository.commit();

        Answer added = client.post("/v1/sources", """
                {"name": "ops", "url": "%s", "dynamic_config": {"a": 1}, "managed_by": "me", "metadata": {"k": "v"}}
                """.formatted(repository.url()));

        assertThat(added)
                .hasStatus(201)
                .hasHeader("Location", "/v1/sources/" + added.id())
                .has("/name", "ops")
                .has("/type", "git")
                .has("/status", "active")
                .has("/branch", "main")
                .has("/commit", commit)
                .has("/errors_count", 0)
                .has("/connected_tools_count", 1)
                .has("/dynamic_config/a", 1)
                .has("/managed_by", "me")
                .has("/metadata/k", "v")
                .has("/runner", "local");
        assertThat(tools(added)).containsExactly("deploy");
        assertThat(client.get("/v1/sources/" + added.id() + "/metadata")).has("", added.json());
        assertThat(client.get("/v1/sources/ops"))
                .hasStatus(200)
                .has("/id", added.id())
                .has("/tools", List.of());
        assertThat(client.get("/v1/tools/deploy"))
                .has("/source/id", added.id())
                .has("/source/url", repository.url())
                .has("/source/type", "git");
    }

    @Test
    void isNamedAfterItsUrlWhenNobodySays(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("deep/tools.json", "deploy", "echo");
        repository.commit();

        assertThat(add(client, repository.url()).text("/name")).startsWith("repo-");
        assertThat(add(client, repository.url() + ".git").text("/name"))
                .startsWith("repo-")
                .doesNotEndWith(".git");
        assertThat(add(client, repository.url() + "/tree/main/deep").text("/name"))
                .isEqualTo("deep");
    }

    @ParameterizedTest
    @CsvSource({
        "'', main, 'on main,shared in deep'",
        "/, main, 'on main,shared in deep'",
        ".git, main, 'on main,shared in deep'",
        "/tree/main, main, 'on main,shared in deep'",
        "/tree/main/deep, main, 'shared in deep'",
        "/tree/main/deep/, main, 'shared in deep'",
        "/tree/feature/new/login, feature/new/login, 'on a branch,shared in deep'",
        "/tree/feature/new/login/deep, feature/new/login, 'shared in deep'",
        "/-/tree/feature/new/login/deep, feature/new/login, 'shared in deep'",
        "/src/branch/feature/new/login/deep, feature/new/login, 'shared in deep'",
        "/src/feature/new/login/deep, feature/new/login, 'shared in deep'",
        "/tree/v1.0, v1.0, 'on main,shared in deep'",
        "/src/tag/v1.0/deep, v1.0, 'shared in deep'"
    })
    void understandsTheUrlsThatPeopleCopyFromTheirBrowser(
            String ending, String branch, String names, ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository()
                .withTool("tools.json", "on main", "echo")
                .withTool("deep/tools.json", "shared in deep", "echo");
        repository.commit();
        repository.tag("v1.0").branch("feature/new/login").withTool("tools.json", "on a branch", "echo");
        repository.commit();
        repository.checkout("main");

        Answer added = add(client, repository.url() + ending);

        assertThat(added).hasStatus(201).has("/branch", branch).has("/status", "active");
        assertThat(tools(added)).containsExactlyInAnyOrder(names.split(","));
    }

    @Test
    void takesTheBranchThatTheBodyNames(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "first", "echo");
        String first = repository.commit();
        repository.branch("next").withTool("tools.json", "second", "echo");
        String second = repository.commit();
        repository.checkout("main");

        for (String[] branch :
                new String[][] {{"main", first, "first"}, {"next", second, "second"}, {first, first, "first"}}) {
            Answer added = client.post("/v1/sources", """
                    {"url": "%s", "branch": "%s"}
                    """.formatted(repository.url(), branch[0]));
            assertThat(added).hasStatus(201).has("/branch", branch[0]).has("/commit", branch[1]);
            assertThat(tools(added)).containsExactly(branch[2]);
        }
        assertThat(add(client, repository.url() + "/tree/" + first))
                .hasStatus(201)
                .has("/commit", first);
    }

    @ParameterizedTest
    @CsvSource({
        "/tree/no-such-branch, /branch, no branch or tag",
        "/tree/main/no-such-folder, /url, has no folder",
        "/tree/main/../.., /url, has no folder",
        "/tree/ffffffffffffffffffffffffffffffffffffffff, /url, ffffffff"
    })
    void saysWhatIsMissing(String ending, String field, String words, ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        repository.commit();

        assertThat(add(client, repository.url() + ending)).hasStatus(400).hasFieldError(field, words);
        assertThat(client.get("/v1/sources").rows()).isEmpty();
    }

    @Test
    void refusesAnEmptyRepository(ApiClient client, GitServer git) {
        assertThat(add(client, git.newRepository().url())).hasStatus(400).hasFieldError("/url", "is empty");
        assertThat(client.get("/v1/sources").rows()).isEmpty();
    }

    @Test
    void refusesWhatIsNotGit(ApiClient client, GitServer git) {
        for (String url : List.of(
                git.answering(200, "text/html", "<html>Hello</html>"),
                git.answering(404, "text/html", "nothing here"),
                git.answering(500, "text/plain", "broken"),
                git.answering(200, "application/x-git-upload-pack-advertisement", "not what it says"),
                git.redirecting("http://127.0.0.1:1/elsewhere"),
                git.url() + "/team/no-such-repository",
                "http://127.0.0.1:1/team/repo",
                "http://no-such-host.invalid/team/repo",
                "git@no-such-host.invalid:team/repo.git",
                "ssh://git@no-such-host.invalid/team/repo.git")) {
            Answer answer = add(client, url);
            assertThat(answer).as(url).hasStatus(400).hasErrorCode("VALIDATION_FAILED");
            assertThat(answer.text("/errors/0/field")).isEqualTo("/url");
            assertThat(answer.text("/errors/0/message")).doesNotContain("Exception");
        }
        assertThat(client.get("/v1/sources").rows()).isEmpty();
        assertThat(client.get("/v1/tools").rows()).isEmpty();
    }

    @Test
    void followsARedirectToARepositoryThatMoved(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        repository.commit();

        assertThat(tools(add(client, git.redirecting(repository.url())))).containsExactly("deploy");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.com/x, must be an https",
        "not a url, must be an https",
        "/etc/../etc, no git repository",
        "file:///no/such/folder, no git repository",
        "https://, names no host",
        "https:///path, names no host",
        "https://exa mple.com/x, names no host",
        "https://user:secret-word@example.com/x, must not hold a user or password",
        "ssh://git:secret-word@example.com/x, must not hold a user or password",
        "http://token@example.com/x, must not hold a user or password",
        "ext::sh -c touch% /tmp/x, must be an https",
        "--upload-pack=touch /tmp/x, must be an https"
    })
    void refusesUrlsThatAreNone(String url, String words, ApiClient client) {
        assertThat(add(client, url)).hasStatus(400).hasFieldError("/url", words).doesNotMention("secret-word");
        assertThat(client.get("/v1/sources").rows()).isEmpty();
    }

    @Test
    void refusesAHostWhoseSshKeyNobodyKnows(ApiClient client) {
        Answer answer = add(client, "ssh://git@127.0.0.1:1/team/repo.git");

        assertThat(answer).hasStatus(400).hasErrorCode("VALIDATION_FAILED");
    }

    @Test
    void readsAFolderOfTheServersDiskWhereThatIsAllowed(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        repository.commit();

        assertThat(tools(add(client, repository.fileUrl()))).containsExactly("deploy");
    }

    @Test
    void looksWithoutKeepingAnything(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        String commit = repository.commit();
        String query = "url=" + ApiClient.encode(repository.url()) + "&branch=main&runner=local&type=git";

        for (String path : List.of("/v1/sources/load", "/api/v1/sources/load")) {
            Answer got = client.get(path + "?" + query);
            Answer posted = client.post(path + "?" + query, "{\"dynamic_config\": {\"a\": 1}, \"inline_tools\": []}");
            for (Answer loaded : List.of(got, posted)) {
                assertThat(loaded).hasStatus(200).has("/commit", commit).has("/errors_count", 0);
                assertThat(tools(loaded)).containsExactly("deploy");
            }
        }
        assertThat(client.get("/v1/sources").rows()).isEmpty();
        assertThat(client.get("/v1/tools").rows()).isEmpty();
        assertThat(client.get("/v1/sources/load")).hasStatus(400).hasFieldError("/url", "is required");
    }

    @Test
    void keepsTheGoodToolsBesideAFileThatIsBroken(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository()
                .withTool("good.json", "deploy", "echo")
                .write("bad.yaml", "tools:\n  - name: [unclosed\n")
                .write(
                        "package/tools/broken.py",
                        "import no_such_module_anywhere\nfrom kubiya_sdk.tools import Tool\n");
        repository.commit();

        Answer added = add(client, repository.url());

        assertThat(added).hasStatus(201).has("/status", "active").has("/errors_count", 2);
        assertThat(tools(added)).containsExactly("deploy");
        assertThat(added.at("/errors")
                        .valueStream()
                        .map(error -> error.path("file").asText()))
                .containsExactlyInAnyOrder("bad.yaml", "package/tools/broken.py");
        assertThat(added).mentions("no_such_module_anywhere");
        assertThat(client.get("/v1/sources/" + added.id())).has("/errors", added.at("/errors"));
    }

    @Test
    void keepsAToolFileWhoseTextNoDatabaseTakesFromStoppingTheRest(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository()
                .withTool("good.json", "deploy", "echo")
                .withTool("nul.json", "nul", "a\\u0000b")
                .withTool("half.json", "half", "a\\ud800b")
                .write("nul.yaml", "tools:\n  - {name: yaml_nul, description: \"a\\0b\", type: script, content: x}\n");
        repository.commit();

        Answer loaded = client.get("/v1/sources/load?url=" + ApiClient.encode(repository.url()));
        Answer added = add(client, repository.url());

        for (Answer answer : List.of(loaded, added)) {
            assertThat(answer.status()).isBetween(200, 201);
            assertThat(answer).has("/errors_count", 3).has("/status", "active");
            assertThat(tools(answer)).containsExactly("deploy");
        }
    }

    @Test
    void readsPrivateRepositoriesWithTheOperatorsCredentials(GitServer git) throws IOException {
        GitRepository repository =
                git.newPrivateRepository("bot", "s3cret-word").withTool("t.json", "deploy", "echo");
        repository.commit();
        var file = Files.createTempFile("git-credentials", "");
        Files.writeString(file, "http://bot:s3cret-word@" + git.hostAndPort() + "\n");
        try (TestServer server = TestServer.builder()
                .withSetting("KUBIYA_ALLOW_INTERNAL_WEBHOOKS", "true")
                .withSetting("KUBIYA_GIT_CREDENTIALS", file.toString())
                .start()) {
            Answer added = add(server.client(), repository.url());

            assertThat(added).hasStatus(201).doesNotMention("s3cret-word");
            assertThat(tools(added)).containsExactly("deploy");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void saysWhereCredentialsGoWhenARepositoryIsPrivate(ApiClient client, GitServer git) {
        GitRepository repository =
                git.newPrivateRepository("bot", "s3cret-word").withTool("t.json", "deploy", "echo");
        repository.commit();

        assertThat(add(client, repository.url()))
                .hasStatus(400)
                .hasFieldError("/url", "KUBIYA_GIT_CREDENTIALS")
                .doesNotMention("s3cret-word");
        assertThat(client.get("/v1/sources").rows()).isEmpty();
    }

    @Test
    void leavesNoCheckoutBehind(TestServer server, ApiClient client, GitServer git) throws IOException {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        repository.commit();
        add(client, repository.url());
        add(client, repository.url() + "/tree/main/no-such-folder");
        add(client, repository.url() + "/tree/ffffffffffffffffffffffffffffffffffffffff");

        try (var left = Files.list(server.folder().resolve("data/workspace"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void listsByTypeAndStatus(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        repository.commit();
        String source = add(client, repository.url()).id();

        assertThat(client.get("/v1/sources?type=git&status=active").column("id"))
                .containsExactly(source);
        assertThat(client.get("/v1/sources?type=inline").rows()).isEmpty();
        assertThat(client.get("/v1/sources?status=failed").rows()).isEmpty();
        assertThat(client.get("/api/v1/sources").column("id")).containsExactly(source);
    }

    @Test
    void countsAndListsTheAgentsThatUseIt(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        repository.commit();
        String source = add(client, repository.url()).id();
        String agent = client.create("/v1/agents", """
                {"name": "deployer", "sources": ["%s"]}
                """.formatted(source));

        assertThat(client.get("/v1/sources/" + source)).has("/connected_agents_count", 1);
        for (String name : List.of(agent, "deployer")) {
            assertThat(client.get("/v1/sources/agent_sources/" + name).column("id"))
                    .containsExactly(source);
            assertThat(client.get("/api/v1/sources/agent_sources/" + name)).has("/0/id", source);
        }
        assertThat(client.get("/v1/sources/agent_sources/nobody")).hasStatus(404);
    }

    @Test
    void takesItsToolsAlongWhenItIsDeleted(ApiClient client, GitServer git) {
        GitRepository repository = git.newRepository().withTool("tools.json", "deploy", "echo");
        repository.commit();
        String source = add(client, repository.url()).id();

        assertThat(client.delete("/v1/sources/" + source)).hasStatus(200).has("/result", "ok");

        assertThat(client.get("/v1/tools").rows()).isEmpty();
        assertThat(client.delete("/v1/sources/" + source)).hasStatus(404);
    }
}
