package ai.kubiya.runner.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A real Python gets hostile values in every place of a script, and must see the value and nothing else. */
class PythonInjectionTest {
    /** Runs each script of a list, with a show of its own, and writes what it showed or why it failed. */
    private static final String DRIVER = """
            import json, os, sys
            results = []
            for source in json.load(open(sys.argv[1])):
                shown = []
                try:
                    exec(compile(source, "case", "exec"), {"show": shown.append})
                except BaseException as e:
                    shown.append("failed: %r" % e)
                if os.path.exists("pwned"):
                    os.remove("pwned")
                    shown.append("RAN A VALUE")
                results.append(shown)
            json.dump(results, open(sys.argv[2], "w"))
            """;

    private record Place(String template, String before, String after, Predicate<String> refused) {
        Place refusing(Predicate<String> values) {
            return new Place(template, before, after, values);
        }
    }

    private static Place at(String template) {
        return new Place(template, "", "", value -> false);
    }

    private static Place at(String template, String before, String after) {
        return new Place(template, before, after, value -> false);
    }

    private static Place unless(Predicate<String> refused, String template) {
        return new Place(template, "", "", refused);
    }

    private static Predicate<String> rawCannotHold(String quote) {
        return value -> value.contains(quote) || value.contains("\r") || value.endsWith("\\") || value.contains("\n");
    }

    private static final List<Place> PLACES = List.of(
            at("show('{{.v}}')"),
            at("show(\"{{.v}}\")"),
            at("show('''{{.v}}''')"),
            at("show(\"\"\"{{.v}}\"\"\")"),
            at("show(\"\"\"\na '{{.v}}' \"b\"\n\"\"\")", "\na '", "' \"b\"\n"),
            at("show('a\\'b{{.v}}c')", "a'b", "c"),
            at("show('\\\\{{.v}}')", "\\", ""),
            at("show(u'{{.v}}')"),
            at("show(f'{{.v}}')"),
            at("show(f\"{1 + 1}{{.v}}{2}\")", "2", "2"),
            at("show(f'''{{.v}} {3!r:>2}''')", "", "  3"),
            at("show(rf'{{.v}}')").refusing(rawCannotHold("'")),
            at("show(r'{{.v}}')").refusing(rawCannotHold("'")),
            at("show(r\"{{.v}}\")").refusing(rawCannotHold("\"")),
            at("show(r'''{{.v}}''')").refusing(value -> rawCannotHold("'").test(value)),
            at("show(b'{{.v}}'.decode())"),
            at("show(B\"{{.v}}\".decode())"),
            at("x = {{.v}}\nshow(x)"),
            at("show({{.v}})"),
            at("show('' {{.v}})"),
            at("show(\"\"{{.v}}\"\")"),
            at("show(''{{.v}}'')"),
            at("show({'k': [{{.v}}]}['k'][0])"),
            at("show({{.v | quote}})"),
            at("show('{{.v | squote}}')"),
            at("show(\"{{.v | quote}}\")"),
            at("# it's {{.v}}\n\n\nshow('x{{.v}}')", "x", ""),
            at("show('a') # {{.v}}\nshow('{{.v}}')"),
            at("if True:\n    show('{{.v}}')\n"),
            at("show('a' if '#' else '') # '\nshow(\"{{.v}}\")"),
            at("show(f\"{'a'}{{.v}}\")", "a", ""),
            at("show(f\"{dict(a=1)['a']}{{.v}}\")", "1", ""),
            unless(ShellPlace.NOT_PLAIN, "show(f\"{'{{.v}}'}\")"),
            unless(ShellPlace.NOT_A_NUMBER, "show(f\"{ {{.v}} }\")"),
            at("show('%s' % {{.v}})"),
            at("show('''\\\n{{.v}}''')"));

    @Test
    void valuesStayDataInEveryPlace(@TempDir Path directory) throws Exception {
        List<String> scripts = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<Executable> failures = new ArrayList<>();
        for (Place place : PLACES) {
            for (String value : Hostile.VALUES) {
                try {
                    scripts.add(Render.value(Language.PYTHON, place.template(), value)
                            .text());
                    expected.add(place.before() + value + place.after());
                } catch (BadTemplate refused) {
                    if (!place.refused().test(value)) {
                        failures.add(
                                () -> fail(place.template() + " with " + value + " refused: " + refused.getMessage()));
                    }
                }
            }
        }
        JsonNode results = run(directory, scripts);
        for (int i = 0; i < scripts.size(); i++) {
            JsonNode shown = results.get(i);
            String wanted = expected.get(i);
            String script = scripts.get(i);
            if (!shown.path(shown.size() - 1).asText().equals(wanted)) {
                failures.add(() -> fail(script + "\n--- expected\n" + wanted + "\n--- shown\n" + shown));
            }
        }
        assertThat(scripts).hasSizeGreaterThan(1000);
        assertAll(failures.stream().limit(25));
    }

    @Test
    void valuesOutsideQuotesAreLiteralsOfTheirType(@TempDir Path directory) throws Exception {
        String arguments = """
                {"n": 5, "m": -7, "f": 2.5, "big": 123456789012345678901234567890, "t": true, "z": null, "s": "a'b",
                 "l": [1, "x'", null, true, {"k": []}], "o": {"a'": {"b": 1.5}}, "e": {}}
                """;
        Map<String, String> cases = Map.of(
                "show(2 - {{.m}} ** 2 + {{.n}})", "-42",
                "show({{.f}} * 2)", "5.0",
                "show({{.big}} + 1)", "123456789012345678901234567891",
                "show([{{.t}}, {{.z}}, {{.s}}])", "[true,null,\"a'b\"]",
                "show({{.l}})", "[1,\"x'\",null,true,{\"k\":[]}]",
                "show({{.o}})", "{\"a'\":{\"b\":1.5}}",
                "show([{{.e}}, '{{.e}}', '{{.l | toJson}}'])",
                        "[{},\"{}\",\"[1,\\\"x'\\\",null,true,{\\\"k\\\":[]}]\"]",
                "import json\nshow(json.loads('{{.o}}'))", "{\"a'\":{\"b\":1.5}}",
                "for x in {{.l}}:\n    pass\nshow(len({{.l}}))", "5",
                "show(f'{{.n}} {{{.n}}} {{{.m}} + 1}')", "\"5 5 -6\"");
        List<String> scripts = new ArrayList<>();
        for (String template : cases.keySet()) {
            scripts.add(Render.in(Language.PYTHON, template, arguments));
        }
        JsonNode results = run(directory, scripts);
        int i = 0;
        for (Map.Entry<String, String> one : cases.entrySet()) {
            JsonNode shown = results.get(i++).path(0);
            assertThat(shown.toString()).as(one.getKey()).isIn(one.getValue(), "\"" + one.getValue() + "\"");
        }
    }

    @Test
    void aCommentCannotNameAnEncoding(@TempDir Path directory) throws Exception {
        String script = Render.value(Language.PYTHON, "# for {{.v}}\nprint('{{.v}}')", "coding: utf-7 +ACc-")
                .text();
        assertThat(script).startsWith("# for coding  utf-7");
        assertThat(run(directory, List.of(script)).get(0).toString()).isEqualTo("[]");
    }

    private static JsonNode run(Path directory, List<String> scripts) throws Exception {
        Files.writeString(directory.resolve("driver.py"), DRIVER);
        Files.writeString(directory.resolve("in"), Render.JSON.writeValueAsString(scripts));
        Shells.execute(List.of("python3", "driver.py", "in", "out"), directory);
        return Render.JSON.readTree(Files.readString(directory.resolve("out")));
    }
}
