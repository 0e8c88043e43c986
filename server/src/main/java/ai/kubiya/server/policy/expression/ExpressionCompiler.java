package ai.kubiya.server.policy.expression;

import com.google.common.base.Suppliers;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Makes expressions of texts. */
public final class ExpressionCompiler {
    /** Characters. */
    public static final int LONGEST = 10_000;

    private static final int DEEPEST = 100;
    private static final int MOST_PARTS = 1_000;
    /** A second fence behind {@link CostMeter}. */
    private static final int MOST_ITERATIONS = 1_000_000;

    private static final int LARGEST_PATTERN = 1_000;
    private static final int MOST_PROBLEMS = 10;

    private static final java.util.regex.Pattern UNKNOWN =
            java.util.regex.Pattern.compile("undeclared reference to '(.*)' \\(in container ''\\)");

    /** Made when the first policy is read: a server without any does not load the language. */
    private final Supplier<CelRuntime> runtime = Suppliers.memoize(ExpressionCompiler::newRuntime);

    private final Map<Environment, CelCompiler> compilers = new ConcurrentHashMap<>();

    /** What an expression is for. */
    public enum Use {
        /** Says yes or no. */
        CONDITION(SimpleType.BOOL),
        /** Makes a text. */
        MESSAGE(SimpleType.STRING);

        private final CelType result;

        Use(CelType result) {
            this.result = result;
        }
    }

    private record Environment(Use use, Set<Variable> variables) {}

    private static CelOptions options() {
        return CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(DEEPEST)
                .maxParseExpressionNodeCount(MOST_PARTS)
                .maxParseErrorRecoveryLimit(MOST_PROBLEMS)
                .comprehensionMaxIterations(MOST_ITERATIONS)
                .maxRegexProgramSize(LARGEST_PATTERN)
                .build();
    }

    /** One that reads variables in place; the newer one copies all of a variable whenever one of its fields is read. */
    private static CelRuntime newRuntime() {
        return CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(options()).build();
    }

    /**
     * Checks an expression against what it may ask about.
     *
     * @param variables that it may name
     */
    public Compilation compile(String text, Use use, Set<Variable> variables) {
        CelValidationResult result = compilers
                .computeIfAbsent(new Environment(use, Set.copyOf(variables)), ExpressionCompiler::newCompiler)
                .compile(text, "expression");
        if (result.hasError()) {
            return new Compilation.Bad(result.getErrors().stream()
                    .map(issue -> problem(issue, variables))
                    .distinct()
                    .limit(MOST_PROBLEMS)
                    .toList());
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            List<ExpressionProblem> problems = problems(tree);
            return problems.isEmpty()
                    ? new Compilation.Good(new Expression(runtime.get().createProgram(tree), tree))
                    : new Compilation.Bad(problems);
        } catch (CelValidationException | CelEvaluationException e) {
            return new Compilation.Bad(List.of(new ExpressionProblem(1, 1, String.valueOf(e.getMessage()))));
        }
    }

    private static CelCompiler newCompiler(Environment environment) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(new VariableTypes())
                .setResultType(environment.use().result);
        environment
                .variables()
                .forEach(variable -> builder.addVar(
                        variable.inExpressions(), variable.shape().type()));
        return builder.build();
    }

    private static ExpressionProblem problem(CelIssue issue, Set<Variable> variables) {
        CelSourceLocation place = issue.getSourceLocation();
        Matcher unknown = UNKNOWN.matcher(issue.getMessage());
        String message = unknown.matches()
                ? "there is nothing called \"" + unknown.group(1) + "\" here; the variables are " + names(variables)
                : issue.getMessage();
        return new ExpressionProblem(Math.max(1, place.getLine()), Math.max(0, place.getColumn()) + 1, message);
    }

    private static String names(Set<Variable> variables) {
        return variables.stream().map(Variable::inExpressions).sorted().collect(Collectors.joining(", "));
    }

    /** What CEL finds only when it evaluates. */
    private static List<ExpressionProblem> problems(CelAbstractSyntaxTree tree) {
        List<ExpressionProblem> problems = new ArrayList<>();
        for (CelExpr part : Parts.of(tree.getExpr())) {
            if (part.exprKind().getKind() == CelExpr.ExprKind.Kind.STRUCT) {
                problems.add(at(
                        tree,
                        part,
                        "values of the type " + part.struct().messageName() + " cannot be made; use a map"));
            }
            pattern(part)
                    .flatMap(ExpressionCompiler::mistake)
                    .ifPresent(
                            mistake -> problems.add(at(tree, part.call().args().getLast(), mistake)));
        }
        problems.sort(Comparator.comparingInt(ExpressionProblem::line).thenComparingInt(ExpressionProblem::column));
        return problems;
    }

    private static Optional<String> pattern(CelExpr part) {
        return part.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                        && part.call().function().equals("matches")
                        && !part.call().args().isEmpty()
                ? Optional.of(part.call().args().getLast())
                        .filter(last -> last.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT)
                        .map(CelExpr::constant)
                        .filter(constant -> constant.getKind() == CelConstant.Kind.STRING_VALUE)
                        .map(CelConstant::stringValue)
                : Optional.empty();
    }

    private static Optional<String> mistake(String pattern) {
        try {
            int size = Pattern.compile(pattern).programSize();
            return size <= LARGEST_PATTERN
                    ? Optional.empty()
                    : Optional.of("the pattern is too large: its repetitions make " + size + " instructions, "
                            + LARGEST_PATTERN + " are the most");
        } catch (PatternSyntaxException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static ExpressionProblem at(CelAbstractSyntaxTree tree, CelExpr part, String message) {
        return Optional.ofNullable(tree.getSource().getPositionsMap().get(part.id()))
                .flatMap(tree.getSource()::getOffsetLocation)
                .map(place -> new ExpressionProblem(place.getLine(), place.getColumn() + 1, message))
                .orElseGet(() -> new ExpressionProblem(1, 1, message));
    }
}
