package ai.kubiya.server.policy.expression;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.Json;
import ai.kubiya.server.policy.expression.EvaluationFailure.Reason;
import ai.kubiya.server.policy.expression.ExpressionCompiler.Use;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression and no input makes an evaluation endless, and ordinary ones come nowhere near the limit. */
class ExpressionTest {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler();
    /** A message as long as they come, and a list of 5,000. */
    private static final Map<String, Object> LARGE = large();

    private static Map<String, Object> large() {
        ObjectNode input = Json.object().put("message", "a".repeat(500_000));
        ArrayNode list =
                input.putObject("tool").put("name", "t").putObject("args").putArray("l");
        IntStream.range(0, 5_000).forEach(list::add);
        return variables(input);
    }

    private static Map<String, Object> variables(ObjectNode input) {
        Map<String, Object> variables = new HashMap<>();
        for (Variable variable : Variable.values()) {
            variables.put(
                    variable.inExpressions(),
                    variable.value(input.path(variable.inExpressions()), "", (pointer, message) -> {
                        throw new AssertionError(pointer + " " + message);
                    }));
        }
        return variables;
    }

    private static Compilation compile(String text) {
        return COMPILER.compile(text, Use.CONDITION, EnumSet.allOf(Variable.class));
    }

    private static Expression good(String text) {
        return switch (compile(text)) {
            case Compilation.Good(Expression expression) -> expression;
            case Compilation.Bad(var problems) -> throw new AssertionError(text + ": " + problems);
        };
    }

    private static Object outcome(String text, Map<String, Object> variables, Budget budget) {
        try {
            return good(text).isTrue(variables, budget);
        } catch (EvaluationFailure e) {
            return e.reason();
        }
    }

    private static Object outcome(String text) {
        return outcome(text, LARGE, new Budget());
    }

    /** Each level makes the value of the one before some times as large. */
    private static String nested(int levels, String first, String level, String end) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            text.append(i == 0 ? first : level.replace("$", "x" + (i - 1)))
                    .append(".map(x")
                    .append(i)
                    .append(", ");
        }
        return text.append("x")
                .append(levels - 1)
                .append(")".repeat(levels))
                .append(end)
                .toString();
    }

    static Stream<String> expensive() {
        return Stream.of(
                // Values that double, with and without memory for it
                nested(20, "[message]", "[$ + $]", ".size() > 0"),
                nested(20, "[[1]]", "[dyn($) + dyn($)]", ".size() > 0"),
                nested(12, "[[dyn(1)]]", "[[dyn($), dyn($), dyn($), dyn($)]]", ".size() > 0"),
                nested(12, "[{'a': dyn(1)}]", "[{'a': dyn($), 'b': dyn($), 'c': dyn($)}]", ".size() > 0"),
                // Loops in loops
                "tool.args.l.all(a, tool.args.l.all(b, tool.args.l.all(c, a + b + c >= 0)))",
                "tool.args.l.exists(a, tool.args.l.exists(b, tool.args.l.exists(c, a + b + c < 0))) || true",
                "true || tool.args.l.size() > 0 ? tool.args.l.all(a, tool.args.l.all(b, a in tool.args.l)) : true",
                "tool.args.l.map(x, tool.args.l).size() > 0",
                "tool.args.l.map(x, tool.args.l.map(y, y)).size() > 1",
                "tool.args.l.filter(x, x in tool.args.l).size() > 0",
                "tool.args.l.map(x, message).size() > 0",
                "tool.args.l.map(x, message + 'a').size() > 0",
                "tool.args.l.exists_one(x, message.endsWith('b'))",
                "tool.args.l.all(x, !message.contains('b'))",
                "tool.args.l.map(x, tool.args.l + tool.args.l).size() == 1",
                // Texts in texts
                "message.contains(message + 'b')",
                "(message + 'b').contains('a' + message)",
                "message.matches(message)",
                "message.matches('(' + message)",
                "message.matches('(a?){99}!')",
                "message.matches('[a-z]{1,100}!')",
                "tool.args.l.exists(x, message.matches('(a?){99}!'))",
                "int(message) > 1",
                "double(message) > 1.0",
                "duration(message) > duration('1h')",
                "timestamp(message) == now",
                // Failures that nobody hears of
                "tool.args.l.exists(x, x / 0 == 1)",
                "tool.args.l.all(x, 1 / 0 == 1 || true)",
                "tool.args.l.all(x, (x / 0 == 1 ? true : false) || true)",
                "tool.args.l.exists(x, tool.args.nope == 1)",
                "tool.args.l.all(x, tool.args.q == 1 && tool.args.q == 2 || x >= 0)",
                "tool.args.l.exists(x, (x / 0 == 1) || (x / 0 == 2) || x / 0 == 3)",
                "tool.args.l.exists(x, x == 0 ? x / 0 == 1 : false)");
    }

    @ParameterizedTest
    @MethodSource("expensive")
    void endsWhatTakesTooLong(String text) {
        Budget budget = new Budget();

        assertThat(outcome(text, LARGE, budget)).isEqualTo(Reason.TOO_EXPENSIVE);
        assertThat(budget.spent()).isGreaterThanOrEqualTo(Budget.MOST_PER_EXPRESSION);
    }

    @Test
    void hasOneBudgetForADecision() {
        String some = "tool.args.l.all(x, tool.args.l.size() == 5000 && x + 1 > x && x + 2 > x && x + 3 > x)";
        Budget budget = new Budget();
        int good = 0;
        while (good < 1_000 && Boolean.TRUE.equals(outcome(some, LARGE, budget))) {
            good++;
        }
        assertThat(good).isBetween(10, 999);
        assertThat(outcome("tool.name == 't'", LARGE, budget)).isEqualTo(Reason.TOO_EXPENSIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tool.name == 't'",
                "message.size() == 500000",
                "message == message + ''",
                "!message.matches('h.*o')",
                "!message.matches('(?i)drop +table')",
                "!message.contains('rm -rf')",
                "message.startsWith('aaa') && !message.endsWith('b')",
                "tool.args.l.map(x, x * 2).size() == 5000",
                "tool.args.l.filter(x, x % 2 == 0).size() == 2500",
                "tool.args.l.exists(x, x == 4999) && !tool.args.l.exists(x, x < 0)",
                "4999 in tool.args.l && tool.args.l[17] == 17",
                "tool.args.nope == 1 || tool.name == 't'",
                "!has(tool.args.nope) && has(tool.args.l)",
                "[1, 2.0, 3u].exists(x, x == 2) && {'a': {'b': [1]}}.a.b[0] == 1",
                "timestamp('2026-11-24T09:30:00Z') + duration('30m') == timestamp('2026-11-24T10:00:00Z')"
            })
    void leavesRoomForWhatPoliciesSay(String text) {
        assertThat(outcome(text)).isEqualTo(true);
    }

    @Test
    void hasRoomForALargePlan() {
        ObjectNode input = Json.object();
        ArrayNode changes = input.putObject("plan").putArray("resource_changes");
        for (int i = 0; i < 3_000; i++) {
            ObjectNode change =
                    changes.addObject().put("address", "aws_s3_bucket.b" + i).put("type", "aws_s3_bucket");
            ObjectNode how = change.putObject("change");
            how.putArray("actions").add(i == 2_999 ? "delete" : "update");
            how.putObject("after").put("acl", "private").putObject("tags").put("team", "web");
        }
        Map<String, Object> variables = variables(input);

        assertThat(outcome(
                        "plan.resource_changes.filter(c, 'delete' in c.change.actions).size() == 1"
                                + " && plan.resource_changes.all(c, c.type != 'aws_s3_bucket' || c.change.after.acl == 'private')"
                                + " && plan.resource_changes.all(c, has(c.change.after.tags.team) && c.change.after.tags.team.matches('^[a-z]+$'))",
                        variables,
                        new Budget()))
                .isEqualTo(true);
    }

    static Stream<String> misshapen() {
        return Stream.of(
                "(".repeat(2_000) + "true" + ")".repeat(2_000),
                "[".repeat(5_000),
                "true ? ".repeat(1_200) + "true",
                "true ? true : ".repeat(600) + "true",
                "tool" + ".a".repeat(2_000),
                "tool.args.l" + "[0]".repeat(1_000) + " == 1",
                String.join(" + ", java.util.Collections.nCopies(1_000, "'a'")) + " != ''",
                String.join(" && ", java.util.Collections.nCopies(1_500, "true == true")),
                "true && ".repeat(2_000) + "true",
                "'" + "a".repeat(20_000) + "' == ''",
                "\"\\",
                "''' unfinished",
                "1e999 == 1.0e",
                "\u0000",
                "🙂 == 1",
                "tool.name == 't' // comment\n)",
                "in == as",
                "@result == 1",
                "__result__ == 1",
                "google.protobuf.Timestamp{seconds: 1} == now",
                "tool.args.?x == 1",
                "cel.bind(x, 1, x == 1)",
                "matches(1, 2)",
                "message.matches('a{1000}{1000}')");
    }

    @ParameterizedTest
    @MethodSource("misshapen")
    void refusesWhatItCannotRead(String text) {
        assertThat(compile(text)).isInstanceOfSatisfying(Compilation.Bad.class, bad -> {
            assertThat(bad.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(10);
            assertThat(bad.problems()).allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.message()).isNotBlank().hasSizeLessThan(2_000);
            });
        });
    }

    /** Whatever somebody types has an outcome of some kind, and never an exception. */
    @Test
    void hasAnAnswerToAnything() {
        List<String> words = List.of(
                "tool",
                "message",
                "user",
                ".",
                ".name",
                ".args",
                ".l",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                "'a'",
                "\"",
                "1",
                "2.5",
                "0u",
                "true",
                "null",
                " && ",
                " || ",
                "!",
                " == ",
                " < ",
                " in ",
                " ? ",
                " : ",
                "+",
                "-",
                "/",
                "%",
                ".map(x, ",
                ".all(x, ",
                ".exists(x, ",
                ".filter(x, ",
                "x",
                ".size()",
                ".matches(",
                ".contains(",
                "has(",
                "int(",
                "string(",
                "timestamp(",
                "duration(",
                "now",
                ".getHours()",
                "dyn(",
                "type(",
                ",",
                "b'\\xff'");
        Random random = new Random(20_261_124);
        Map<String, Object> small = variables(Json.object().put("message", "hello"));
        int evaluated = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(words.get(random.nextInt(words.size())));
            }
            if (compile(text.toString()) instanceof Compilation.Good(Expression expression)) {
                evaluated++;
                try {
                    assertThat(expression.isTrue(small, new Budget())).isIn(true, false);
                } catch (EvaluationFailure e) {
                    assertThat(e.problem().message()).isNotNull();
                }
            }
        }
        assertThat(evaluated).isPositive();
    }

    @Test
    void makesTexts() throws EvaluationFailure {
        Compilation compiled = COMPILER.compile(
                "'no ' + tool.name + ' for ' + user.email", Use.MESSAGE, EnumSet.allOf(Variable.class));

        assertThat(compiled).isInstanceOf(Compilation.Good.class);
        assertThat(((Compilation.Good) compiled).expression().text(LARGE, new Budget()))
                .isEqualTo("no t for ");
        assertThat(COMPILER.compile("tool.name == 't'", Use.MESSAGE, EnumSet.allOf(Variable.class)))
                .isInstanceOf(Compilation.Bad.class);
    }
}
