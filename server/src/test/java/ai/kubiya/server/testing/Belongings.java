package ai.kubiya.server.testing;

import static ai.kubiya.server.testing.AnswerAssert.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of everything that an organisation can have, with a word of its own in every text of it: where the word turns up,
 * it came from there.
 *
 * @param word stands in all names and contents
 * @param names what stands in the place of a parameter of a route's pattern: the id, and the name where there is one
 * @param reads where the owner sees that nothing was changed
 */
public record Belongings(ApiClient owner, String word, Map<String, List<String>> names, List<String> reads) {
    /** Stands below for the word; requests are sent with the word in its place. */
    private static final String SECRET = "very-private-thing";

    private static final String EMAIL = SECRET + "@example.com";
    /** Events, and the example of a test, belong to the other kind of webhooks, which comes second. */
    private static final Pattern OF_INCOMING = Pattern.compile("\\{webhook}/(events|test)");

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    /** With a word that no test says by chance. */
    public static Belongings of(ApiClient client) {
        return of(client, SECRET);
    }

    /**
     * Makes one of everything.
     *
     * @param word letters, digits and dashes
     */
    public static Belongings of(ApiClient client, String word) {
        Belongings all = new Belongings(client, word, new HashMap<>(), new ArrayList<>());
        Owner owner = new Owner(client, word);
        String source = owner.create("/v1/sources", """
                {"name": "very-private-thing-source", "inline_tools": [
                  {"name": "very-private-thing-tool", "description": "very-private-thing", "type": "script",
                   "content": "echo very-private-thing"}]}
                """);
        all.add("source", source, SECRET + "-source").read("/v1/sources/" + source + "/metadata");
        String tool = owner.get("/v1/tools/very-private-thing-tool").id();
        all.add("tool", tool, SECRET + "-tool").read("/v1/tools/" + tool);
        String agent = owner.create("/v1/agents", """
                {"name": "very-private-thing-agent", "description": "very-private-thing",
                 "ai_instructions": "very-private-thing", "sources": ["%s"], "tools": ["very-private-thing-tool"]}
                """.formatted(source));
        all.add("agent", agent, SECRET + "-agent").read("/v1/agents/" + agent);
        Answer execution = owner.post("/v1/tools/very-private-thing-tool/executions", "{}");
        assertThat(execution).hasStatus(202);
        all.add("execution", execution.id());
        owner.create("/v1/tools", """
                {"name": "very-private-thing-guarded", "description": "x", "type": "script", "content": "echo hi",
                 "requires_approval": {"message": "very-private-thing"}}
                """);
        assertThat(owner.post("/v1/tools/very-private-thing-guarded/executions", "{}"))
                .hasStatus(202);
        String approval =
                owner.get("/v1/approvals").rows().getFirst().path("id").asText();
        all.add("approval", approval).read("/v1/approvals/" + approval);
        String schedule = owner.create("/v1/schedules", """
                {"name": "very-private-thing-schedule", "at": "2999-01-01T00:00:00Z",
                 "task": {"tool_def": {"content": "echo very-private-thing"}}}
                """);
        all.add("schedule", schedule).read("/v1/schedules/" + schedule);
        owner.create("/v1/sources", """
                {"name": "very-private-thing-workflows", "inline_tools": [], "inline_workflows": [
                  {"name": "very-private-thing-workflow", "steps": [{"name": "one", "command": "echo very-private-thing"}]}]}
                """);
        all.add("workflow", SECRET + "-workflow").read("/v1/workflows/very-private-thing-workflow");
        Answer run = owner.post("/v1/workflows/executions", "{\"workflow\": \"very-private-thing-workflow\"}");
        assertThat(run).hasStatus(202);
        all.add("run", run.id());
        all.add("scheduled_task", schedule).read("/api/v1/scheduled_tasks/" + schedule);
        String task = owner.get("/v1/tasks").rows().getFirst().path("id").asText();
        all.add("task", task).read("/v1/tasks/" + task);
        all.add(
                "session",
                owner.create("/v1/agents/" + agent + "/sessions", "{\"title\": \"very-private-thing-session\"}"));
        String secret = owner.create("/v1/secrets", """
                {"name": "very-private-thing-secret", "value": "very-private-thing-value",
                 "description": "very-private-thing"}
                """);
        all.add("secret", secret, SECRET + "-secret")
                .read("/v1/secrets/" + secret)
                .read("/v1/secrets/" + secret + "/value");
        String integration = owner.create("/v1/integrations", """
                {"name": "very-private-thing-integration", "integration_type": "x", "configs": [
                  {"name": "c", "vendor_specific": {"url": "very-private-thing", "token": "very-private-thing"}}]}
                """);
        all.add("integration", integration, SECRET + "-integration").read("/v1/integrations/" + integration);
        String knowledge = owner.create("/v1/knowledge", """
                {"title": "very-private-thing-entry", "content": "all about the very-private-thing"}
                """);
        all.add("knowledge", knowledge, SECRET + "-entry").read("/v1/knowledge/" + knowledge);
        // As with states: one has a number that is no other's.
        int changes = word.equals(SECRET) ? 2 : 1;
        if (changes == 2) {
            assertThat(owner.put("/v1/knowledge/" + knowledge, "{\"content\": \"more about the very-private-thing\"}"))
                    .hasStatus(200);
        }
        all.add("knowledge_version", Integer.toString(changes));
        // There is no git source to be had here; FolderApiTest looks at the folders of others.
        all.add("knowledge_folder", "01a20be6-0000-7000-8000-00000000f01d");
        // Pages of the documentation belong to nobody.
        all.add("api_tag", SECRET + "-part");
        String external = owner.post("/api/v1/rag/integration/slack", "{\"channel_ids\": [\"very-private-thing\"]}")
                .id();
        all.add("external_knowledge", external).read("/api/v1/rag/integration/slack/" + external);
        String policy = owner.create("/v1/policies", """
                {"name": "very-private-thing-policy", "applies_to": ["chat"], "mode": "warn",
                 "expression": "message != 'very-private-thing'", "message": "very-private-thing"}
                """);
        all.add("policy", policy, SECRET + "-policy").read("/v1/policies/" + policy);
        // Told of what does not happen here, or its counts would change while a test looks twice.
        String webhook = owner.create("/v1/webhooks", """
                {"url": "https://very-private-thing.example.com/hook", "events": ["project.drift.detected"]}
                """);
        String incoming = owner.create("/v1/webhooks", """
                {"name": "very-private-thing-webhook", "prompt": "very-private-thing", "agent_id": "%s"}
                """.formatted(agent));
        // No stranger knows a token; ids are no way in.
        all.add("webhook", webhook, incoming)
                .add("token", webhook, incoming)
                .read("/v1/webhooks/" + webhook)
                .read("/v1/webhooks/" + incoming);
        String posted = URI.create(owner.get("/v1/webhooks/" + incoming).text("/webhook_url"))
                .getPath();
        all.add("event", owner.post(posted, "{}").id());
        all.add(
                "delivery",
                owner.post("/v1/webhooks/" + webhook + "/test", "{}").id());
        String runner = owner.create("/v1/runners/very-private-thing-runner", "{}");
        all.add("runner", runner, SECRET + "-runner").read("/v1/runners/" + runner + "/tokens");
        all.add("seed", runner, SECRET + "-runner");
        all.add(
                "runner_token",
                owner.create("/v1/runners/" + runner + "/tokens", "{\"purpose\": \"very-private-thing\"}"));
        // Its code leads out of it, so a plan fails before Terraform is asked.
        String project = owner.create("/v1/projects", """
                {"name": "very-private-thing-project", "description": "very-private-thing",
                 "files": {"main.tf": "variable \\"very-private-thing\\" {}\\nmodule \\"very-private-thing\\" { source = \\"../very-private-thing\\" }"},
                 "variables": [{"name": "very-private-thing", "value": "very-private-thing", "sensitive": true}]}
                """);
        all.add("project", project, SECRET + "-project").read("/v1/projects/" + project);
        Answer planned = owner.post("/v1/projects/" + project + "/plan?wait=60", "{}");
        assertThat(planned).hasStatus(202).has("/status", "failed");
        all.add("usecase", project, SECRET + "-project")
                .add("project_or_plan", project, SECRET + "-project", planned.id());
        all.add("project_execution", planned.id()).read("/v1/projects/" + project + "/executions/" + planned.id());
        // Versions are counted for each project; this one has a number that is no other's.
        int versions = word.equals(SECRET) ? 2 : 1;
        for (int serial = 1; serial <= versions; serial++) {
            assertThat(owner.post("/v1/projects/" + project + "/state/raw", """
                    {"version": 4, "terraform_version": "1.11.4", "serial": %d, "lineage": "very-private-thing",
                     "outputs": {"o": {"type": "string", "value": "very-private-thing"}}, "resources": []}
                    """.formatted(serial)))
                    .hasStatus(200);
        }
        all.add("state_version", Integer.toString(versions)).read("/v1/projects/" + project + "/state");
        Answer gitHook = owner.post("/v1/gitops/hooks", """
                {"name": "very-private-thing-hook", "provider": "gitlab", "api_token": "very-private-thing"}
                """);
        assertThat(gitHook).hasStatus(201);
        // No stranger knows a token; ids are no way in.
        all.add("git_hook", gitHook.id(), SECRET + "-hook")
                .add("git_token", gitHook.id())
                .read("/v1/gitops/hooks/" + gitHook.id());
        Answer pushed = client.withHeader("X-Gitlab-Token", gitHook.text("/secret"))
                .withHeader("X-Gitlab-Event", "Push Hook")
                .withHeader("X-Gitlab-Event-UUID", word)
                .post(URI.create(gitHook.text("/url")).getPath(), """
                        {"ref": "refs/heads/very-private-thing", "after": "6dcb09b5b57875f334f61aebed695e2e4193db5e",
                         "project": {"git_http_url": "https://very-private-thing.example.com/x.git"}}
                        """.replace(SECRET, word));
        assertThat(pushed).hasStatus(202);
        all.add("git_delivery", pushed.id());
        String key = owner.create("/v1/auth/keys", "{\"name\": \"very-private-thing-key\"}");
        all.add("key", key).read("/v1/auth/keys/" + key);
        String user = owner.create("/v1/users", "{\"email\": \"%s\"}".formatted(EMAIL));
        all.add("user", user, EMAIL).read("/v1/users/" + user);
        String group = owner.create(
                "/v1/groups", "{\"name\": \"very-private-thing-group\", \"description\": \"very-private-thing\"}");
        all.add("group", group, SECRET + "-group").read("/v1/groups/" + group);
        all.add("item", owner.get("/v1/audit?limit=1").rows().get(0).path("id").asText());
        return all;
    }

    /** The owner, who says the word where {@link #SECRET} is written. */
    private record Owner(ApiClient client, String word) {
        String create(String path, String json) {
            return client.create(path.replace(SECRET, word), json.replace(SECRET, word));
        }

        Answer put(String path, String json) {
            return client.put(path.replace(SECRET, word), json.replace(SECRET, word));
        }

        Answer post(String path, String json) {
            return client.post(path.replace(SECRET, word), json.replace(SECRET, word));
        }

        Answer get(String path) {
            return client.get(path.replace(SECRET, word));
        }
    }

    private Belongings add(String parameter, String... values) {
        names.put(
                parameter,
                List.of(values).stream()
                        .map(value -> value.replace(SECRET, word))
                        .toList());
        return this;
    }

    private Belongings read(String path) {
        reads.add(path.replace(SECRET, word));
        return this;
    }

    /** The names of a pattern's parameters, in their order. */
    public static List<String> parameters(String pattern) {
        return PARAMETER.matcher(pattern).results().map(found -> found.group(1)).toList();
    }

    /** The id of what a parameter names, and its name where it has one. */
    public List<String> of(String parameter) {
        return Objects.requireNonNull(
                names.get(parameter), () -> "say in Belongings what a stranger could put for {" + parameter + "}");
    }

    public String id(String parameter) {
        return of(parameter).getFirst();
    }

    /** The pattern with ids in the place of its parameters. */
    public String path(String pattern) {
        if (pattern.startsWith("/api/v1/event/{webhook}")
                || OF_INCOMING.matcher(pattern).find()) {
            return path(pattern.replace("{webhook}", of("webhook").get(1)));
        }
        return PARAMETER.matcher(pattern).replaceAll(found -> Matcher.quoteReplacement(id(found.group(1))));
    }

    /** The pattern for one thing: by its id, and by its name where it has one. */
    public List<String> pathsOfOne(String pattern) {
        String last = parameters(pattern).getLast();
        return last.equals("webhook")
                // They have no names; what is known here are two of them.
                ? List.of(path(pattern))
                : of(last).stream()
                        .map(value -> path(pattern.replace("{" + last + "}", value)))
                        .toList();
    }

    /**
     * The pattern as a stranger could fill it: with everything of this owner by id and by name, and, where it has
     * several parameters, with each alone of this owner and the others the stranger's.
     */
    public List<String> pathsFor(Belongings stranger, String pattern) {
        List<String> parameters = parameters(pattern);
        List<String> paths = new ArrayList<>();
        for (String foreign : parameters) {
            for (String value : of(foreign)) {
                for (Belongings others : parameters.size() == 1 ? List.of(this) : List.of(this, stranger)) {
                    paths.add(PARAMETER
                            .matcher(pattern)
                            .replaceAll(found -> Matcher.quoteReplacement(
                                    found.group(1).equals(foreign) ? value : others.id(found.group(1)))));
                }
            }
        }
        return paths.stream().distinct().toList();
    }

    /** What the owner reads of everything now. */
    public Map<String, String> state() {
        Map<String, String> state = new HashMap<>();
        reads.forEach(path -> state.put(path, owner.get(path).body()));
        return state;
    }
}
