package ai.kubiya.server.policy.language;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions. An expression takes time in proportion to its input: text and lists cannot be joined, lists cannot
 * be mapped or filtered and literals hold constants alone, so nothing that an expression makes is larger than what it was
 * given; {@link Expression} bounds the steps.
 */
public final class Expressions {
    /** Longest text of an expression. */
    public static final int LONGEST = 64 << 10;

    private static final Pattern REGO = Pattern.compile("\\A(?:\\s|#[^\\n]*(?:\\n|\\z))*package\\s+[A-Za-z_]");
    private static final Set<AddOverload> JOINING =
            Set.of(AddOverload.ADD_STRING, AddOverload.ADD_BYTES, AddOverload.ADD_LIST);
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseExpressionNodeCount(10_000)
            .maxParseRecursionDepth(100)
            .comprehensionMaxIterations(10_000)
            .maxRegexProgramSize(200)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    /** What is slow to make; made for the first expression, as most servers never see one. */
    private record Tools(CelCompiler compiler, CelRuntime runtime) {}

    private @Nullable Tools tools;

    private synchronized Tools tools() {
        if (tools == null) {
            CelStandardDeclarations declarations = CelStandardDeclarations.newBuilder()
                    .filterFunctions((_, overload) -> !isJoining(
                            overload.celOverloadDecl().overloadId()))
                    .build();
            CelStandardFunctions functions = CelStandardFunctions.newBuilder()
                    .filterFunctions((_, overload) -> !(overload instanceof AddOverload add) || !JOINING.contains(add))
                    .build();
            CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(
                            CelStandardMacro.HAS,
                            CelStandardMacro.ALL,
                            CelStandardMacro.EXISTS,
                            CelStandardMacro.EXISTS_ONE)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardDeclarations(declarations)
                    .addVar(Expression.INPUT, MapType.create(SimpleType.STRING, SimpleType.DYN))
                    .build();
            CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardFunctions(functions)
                    .build();
            tools = new Tools(compiler, runtime);
        }
        return tools;
    }

    private static boolean isJoining(String overload) {
        return JOINING.stream().anyMatch(add -> add.name().equalsIgnoreCase(overload));
    }

    /** An expression, or what is wrong with its text. */
    public sealed interface Compiled {
        record Good(Expression expression) implements Compiled {}

        record Bad(List<String> problems) implements Compiled {}
    }

    /** Compiles an expression that is true or false, or that may turn out to be. */
    public Compiled compile(String text) {
        if (text.length() > LONGEST) {
            return bad("must have at most " + LONGEST + " characters, got " + text.length());
        }
        if (REGO.matcher(text).find()) {
            return bad(
                    "this is Rego; policies are written in CEL (https://cel.dev), as one expression that is true when the"
                            + " action is allowed. For example, the rule  deny { input.tool.name == \"drop_database\" }  is "
                            + " input.tool.name != \"drop_database\"  in CEL");
        }
        try {
            CelAbstractSyntaxTree tree = tools().compiler().compile(text).getAst();
            List<String> problems = problems(tree);
            return problems.isEmpty()
                    ? new Compiled.Good(new Expression(tools().runtime().createProgram(tree)))
                    : new Compiled.Bad(problems);
        } catch (CelValidationException e) {
            List<String> problems =
                    e.getErrors().stream().map(Expressions::sentence).toList();
            return new Compiled.Bad(problems.isEmpty() ? List.of(String.valueOf(e.getMessage())) : problems);
        } catch (CelEvaluationException e) {
            return bad(String.valueOf(e.getMessage()));
        }
    }

    private static Compiled bad(String problem) {
        return new Compiled.Bad(List.of(problem));
    }

    private static String sentence(CelIssue issue) {
        return "line " + issue.getSourceLocation().getLine() + ", column "
                + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage();
    }

    private static List<String> problems(CelAbstractSyntaxTree tree) {
        List<String> problems = new ArrayList<>();
        if (!Set.of(SimpleType.BOOL, SimpleType.DYN).contains(tree.getResultType())) {
            problems.add("must be true or false, and this is of the type "
                    + tree.getResultType().name());
        }
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expression -> isLiteral(expression) && !isConstant(expression))
                .findFirst()
                .ifPresent(_ -> problems.add("a list or map that is written out may hold constants alone"));
        return problems;
    }

    private static boolean isLiteral(CelExpr expression) {
        return Set.of(Kind.LIST, Kind.MAP, Kind.STRUCT).contains(expression.getKind());
    }

    private static boolean isConstant(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> true;
            case LIST -> expression.list().elements().stream().allMatch(Expressions::isConstant);
            case MAP ->
                expression.map().entries().stream()
                        .allMatch(entry -> isConstant(entry.key()) && isConstant(entry.value()));
            default -> false;
        };
    }
}
