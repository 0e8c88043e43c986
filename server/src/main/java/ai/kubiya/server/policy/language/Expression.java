package ai.kubiya.server.policy.language;

import ai.kubiya.server.http.Json;
import dev.cel.common.CelErrorCode;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A compiled expression. Any number of threads may evaluate it. */
public final class Expression {
    static final String INPUT = "input";

    private static final Logger log = LoggerFactory.getLogger(Expression.class);
    private static final int MOST_STEPS = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Pattern PLACE = Pattern.compile("\\Aevaluation error at [^:]*:(\\d+)");

    private final CelRuntime.Program program;

    Expression(CelRuntime.Program program) {
        this.program = program;
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong(String message) {
            super(message, null, false, false);
        }
    }

    /** Evaluates within bounds of steps and time, and never throws. */
    public Verdict evaluate(Facts facts) {
        long end = System.nanoTime() + LONGEST.toNanos();
        int[] steps = {0};
        try {
            Object value = program.trace(Map.of(INPUT, facts.values()), (_, _) -> {
                if (++steps[0] > MOST_STEPS) {
                    throw new TooLong("it took more than " + MOST_STEPS + " steps");
                }
                if (System.nanoTime() - end > 0) {
                    throw new TooLong("it took more than " + LONGEST.toSeconds() + " seconds");
                }
            });
            return verdict(value);
        } catch (CelEvaluationException e) {
            return new Verdict.Failed(reason(e));
        } catch (RuntimeException e) {
            log.warn("a policy's expression could not be evaluated: {}", e.getClass().getName());
            return new Verdict.Failed("it could not be evaluated");
        }
    }

    private static Verdict verdict(Object value) {
        return switch (value) {
            case Boolean truth when truth -> new Verdict.True();
            case Boolean _ -> new Verdict.False();
            case String text -> new Verdict.Other(Json.MAPPER.valueToTree(text));
            case Number number -> new Verdict.Other(Json.MAPPER.valueToTree(number));
            case Instant time -> new Verdict.Other(Json.MAPPER.valueToTree(time.toString()));
            case List<?> list -> new Verdict.Other(Json.MAPPER.valueToTree(list.size() + " elements"));
            case Map<?, ?> map -> new Verdict.Other(Json.MAPPER.valueToTree(map.size() + " fields"));
            case NullValue _ -> new Verdict.Other(Json.MAPPER.nullNode());
            default -> new Verdict.Other(Json.MAPPER.valueToTree(value.toString()));
        };
    }

    /** The library's own messages may repeat values of the input, which may be private. */
    private static String reason(CelEvaluationException failure) {
        if (failure.getCause() instanceof TooLong tooLong) {
            return String.valueOf(tooLong.getMessage());
        }
        Matcher place = PLACE.matcher(String.valueOf(failure.getMessage()));
        return what(failure.getErrorCode()) + (place.find() ? " (at character " + place.group(1) + ")" : "");
    }

    private static String what(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> "it reads a field that is not there; ask with has(…) first";
            case INDEX_OUT_OF_BOUNDS -> "it reads beyond the end of a list";
            case DIVIDE_BY_ZERO -> "it divides by zero";
            case OVERLOAD_NOT_FOUND -> "it applies a function or an operator to values of another type";
            case NUMERIC_OVERFLOW -> "a number is too large";
            case ITERATION_BUDGET_EXCEEDED -> "it goes through too many elements";
            default -> "a value is not of the form that a function needs";
        };
    }
}
