import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.KeyLimits;
import ai.kubiya.server.access.Origin;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.audit.AuditLog;
import ai.kubiya.server.audit.RepeatedEntries;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.db.EmbeddedDatabase;
import ai.kubiya.server.key.OperatorKeys;
import ai.kubiya.server.policy.PolicyPoint;
import ai.kubiya.server.policy.expression.ExpressionCompiler;
import ai.kubiya.server.signal.Bell;
import ai.kubiya.server.signal.Signals;
import ai.kubiya.server.user.IdentityChanges;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * What it costs to ask an organisation's policies before something happens: as it is, by their number, by what they look
 * at, and when nothing is remembered. Everything is allowed: a refusal also writes to the audit trail.
 *
 * <p>usage, after ./kubiya build: java -cp 'server/target/kubiya-server.jar:server/target/lib/*' benchmarks/Policies.java
 */
final class Policies {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BY_GROUP =
            "tool.name != 'deploy' || tool.args.env != 'production' || 'sre' in user.groups";
    private static final String BY_WORDS = "!message.matches('(?i)drop\\\\s+table|rm\\\\s+-rf')";
    private static final String BY_PLAN = "plan.resource_changes.all(c, !('delete' in c.change.actions))"
            + " && plan.resource_changes.filter(c, c.type == 'aws_s3_bucket').all(c, c.change.after.acl == 'private')";

    private final Database database;
    private final IdentityChanges changes;
    private final ai.kubiya.server.policy.Policies policies;
    private final ai.kubiya.server.policy.Policies forgetful;
    private final UUID organization;
    private final Caller caller;

    private Policies(Database database) {
        this.database = database;
        new OperatorKeys(database, CLOCK, new SecureRandom()).firstStart();
        organization = database.read(transaction ->
                transaction.query("SELECT id FROM organization").mapTo(UUID.class).one());
        changes = new IdentityChanges(database, false);
        AuditLog audit = new AuditLog(database, new Bell(new Signals(), false), CLOCK);
        RepeatedEntries repeated = new RepeatedEntries(audit, CLOCK);
        ExpressionCompiler compiler = new ExpressionCompiler();
        policies = new ai.kubiya.server.policy.Policies(database, compiler, changes, () -> true, repeated, CLOCK);
        forgetful = new ai.kubiya.server.policy.Policies(database, compiler, changes, () -> false, repeated, CLOCK);
        caller = new Caller(
                organization,
                "organization",
                UUID.randomUUID(),
                "ada@example.com",
                UUID.randomUUID(),
                "key",
                Set.of(Scope.TOOLS_EXECUTE),
                Set.of("Users", "developers"),
                KeyLimits.AS_SET,
                new Origin("req_1", "127.0.0.1"));
    }

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Path folder = Files.createTempDirectory("policies-");
        try (EmbeddedDatabase postgres = EmbeddedDatabase.start(folder);
                Database database = new Database(postgres.address(), 4).migrate()) {
            Policies benchmark = new Policies(database);
            for (int round = 1; round <= 2; round++) {
                System.out.println("run " + round);
                benchmark.run();
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run() {
        ObjectNode tool = tool();
        set(0, "tool_execution", "");
        measure("tool, no policy", 200_000, () -> policies.check(caller, PolicyPoint.TOOL_EXECUTION, () -> tool));
        for (int number : new int[] {1, 10, 100}) {
            set(number, "tool_execution", BY_GROUP);
            measure("tool, " + number + " policies", 200_000 / number, () ->
                    policies.check(caller, PolicyPoint.TOOL_EXECUTION, () -> tool));
        }
        set(10, "tool_execution", BY_GROUP);
        measure("tool, 10 policies, nothing remembered", 500, () ->
                forgetful.check(caller, PolicyPoint.TOOL_EXECUTION, () -> tool));
        set(1, "chat", BY_WORDS);
        for (int length : new int[] {200, 10_000, 100_000}) {
            ObjectNode message = JSON.createObjectNode().put("message", words(length));
            measure("message of " + length + " characters, 1 pattern", 20_000_000 / (length + 1_000), () ->
                    policies.check(caller, PolicyPoint.CHAT, () -> message));
        }
        set(1, "project_apply", BY_PLAN);
        for (int resources : new int[] {10, 1_000}) {
            ObjectNode plan = plan(resources);
            measure("plan of " + resources + " resources, 1 policy", 100_000 / resources, () ->
                    policies.check(caller, PolicyPoint.PROJECT_APPLY, () -> plan));
        }
    }

    /** All policies of the organisation from now on. */
    private void set(int number, String point, String expression) {
        changes.change(organization, transaction -> {
            transaction.update("DELETE FROM policy").execute();
            for (int i = 0; i < number; i++) {
                transaction
                        .update("""
                                INSERT INTO policy VALUES (:id, :organization, :name, '', :points::jsonb, '', :expression,
                                    '', '', 'enforce', true, '[]', '', '', '', '', now(), now())
                                """)
                        .bind("id", UUID.randomUUID())
                        .bind("organization", organization)
                        .bind("name", "policy " + i)
                        .bind("points", "[\"" + point + "\"]")
                        .bind("expression", expression)
                        .execute();
            }
            return number;
        });
    }

    private static ObjectNode tool() {
        ObjectNode input = JSON.createObjectNode().put("runner", "local");
        ObjectNode tool = input.putObject("tool").put("name", "deploy").put("type", "script").put("content", "echo");
        tool.putObject("args").put("env", "staging").put("times", 3).put("comment", "as every morning");
        return input;
    }

    private static String words(int length) {
        return "the quick brown fox jumps over the lazy dog ".repeat(length / 44 + 1).substring(0, length);
    }

    private static ObjectNode plan(int resources) {
        ObjectNode input = JSON.createObjectNode();
        ArrayNode list = input.putObject("plan").putArray("resource_changes");
        for (int i = 0; i < resources; i++) {
            ObjectNode change = list.addObject()
                    .put("address", "aws_s3_bucket.b" + i)
                    .put("type", "aws_s3_bucket")
                    .putObject("change");
            change.putArray("actions").add("update");
            change.putObject("after").put("acl", "private").put("bucket", "b" + i);
        }
        return input;
    }

    private static void measure(String what, int times, Runnable work) {
        for (int i = 0; i < times / 2; i++) {
            work.run();
        }
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "  %-46s p50 %10.2f us   p99 %10.2f us%n",
                what, nanos[times / 2] / 1e3, nanos[(int) (times * 0.99)] / 1e3);
    }
}
