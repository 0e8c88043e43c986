package ai.kubiya.runner.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import ai.kubiya.runner.template.function.Functions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Real shells get hostile values in every place of a script, and must see the value and nothing else. */
class ShellInjectionTest {
    @Test
    void valuesStayDataInEveryPlace(@TempDir Path directory) throws Exception {
        List<Executable> failures = Collections.synchronizedList(new ArrayList<>());
        assertAll(Shells.installed().stream().map(shell -> (Executable) () -> {
            boolean bash = shell.getFirst().endsWith("bash");
            List<Shells.Case> cases = new ArrayList<>();
            for (ShellPlace place :
                    ShellPlaces.ALL.stream().flatMap(List::stream).toList()) {
                if (bash || !place.bash()) {
                    cases(place, bash ? Language.BASH : Language.SHELL, cases, failures);
                }
            }
            assertThat(cases).hasSizeGreaterThan(1000);
            // bash takes all; the small shells, which are much alike, share the cases between them.
            int turn = shell.size() & 1;
            List<Shells.Case> share = bash || Shells.installed().size() < 3
                    ? cases
                    : IntStream.range(0, cases.size())
                            .filter(i -> (i & 1) == turn)
                            .mapToObj(cases::get)
                            .toList();
            failures.addAll(Shells.run(directory.resolve("" + shell.hashCode()), shell, share));
        }));
        assertAll(failures.stream().limit(25));
    }

    private static void cases(ShellPlace place, Language language, List<Shells.Case> cases, List<Executable> failures) {
        for (String value : Hostile.VALUES) {
            if (!place.tried().test(value)) {
                continue;
            }
            String name = place.template() + " with " + value;
            try {
                String script = Render.value(language, place.template(), value).text();
                cases.add(new Shells.Case(name, script, place.shown(value)));
            } catch (BadTemplate refused) {
                if (!place.refused().test(value)) {
                    failures.add(() -> {
                        throw new AssertionError(name + " refused: " + refused.getMessage());
                    });
                }
            }
        }
    }

    @Test
    void everyFunctionsResultStaysData(@TempDir Path directory) throws Exception {
        List<String> places = List.of("show {{%s | quote}}", "show x{{%s}}", "show \"{{%s}}\"", "show '{{%s}}'");
        List<String> shell = Shells.installed().getLast();
        List<Shells.Case> cases = new ArrayList<>();
        int turn = 0;
        for (String expression : TemplateFunctions.CALLS.values()) {
            turn++;
            for (String value : Hostile.VALUES) {
                String place = places.get(turn++ % places.size()).formatted(expression);
                String result = TemplateFunctions.result(expression, value);
                String expected = place.contains("show x") ? "x" + result : result;
                try {
                    String script = Render.value(Language.SHELL, place, value).text();
                    cases.add(new Shells.Case(place + " with " + value, script, List.of("1", expected)));
                } catch (BadTemplate refused) {
                    // Some functions do not take every text; the table of Go's semantics says which.
                    assertThat(result).isEqualTo(TemplateFunctions.REFUSED);
                }
            }
        }
        assertAll(Shells.run(directory, shell, cases).stream().limit(25));
    }

    @Test
    void everyFunctionIsTried() {
        assertThat(TemplateFunctions.CALLS.keySet()).containsExactlyInAnyOrderElementsOf(Functions.NAMES);
    }
}
