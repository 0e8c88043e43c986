package ai.kubiya.runner.template;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.ToolArgument;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.function.Executable;

/** Values and templates that nobody thought of. */
class RandomTemplateTest {
    private static final List<String> PIECES = List.of(
            "{{",
            "}}",
            "{{.v}}",
            "{{ .v }}",
            "{{if .v}}",
            "{{else}}",
            "{{else if .v}}",
            "{{end}}",
            "{{range .l}}",
            "{{range $i, $e := .l}}",
            "{{$e}}",
            "{{with .v}}",
            "{{.}}",
            "{{$x := .v}}",
            "{{$x = print $x $x}}",
            "{{$x}}",
            "{{.v | upper | quote}}",
            "{{printf \"%s\" .v}}",
            "{{- .v -}}",
            "{{/* c */}}",
            "{{.Foreign}}",
            "{{range .Items}}",
            "{{define \"x\"}}",
            "{{`raw`}}",
            "{{break}}",
            "{{(.v)}}",
            "{{.v | nosuch}}",
            "'",
            "\"",
            "`",
            "$",
            "$(",
            "$((",
            "((",
            "))",
            ")",
            "(",
            "${",
            "${x:-",
            "${x#",
            "}",
            "$'",
            "\\",
            "\n",
            " ",
            "\t",
            ";",
            "&&",
            "|",
            "&",
            "<",
            ">",
            "<<EOF",
            "<<-'EOF'",
            "EOF",
            "\nEOF\n",
            "<<<",
            "#",
            "case x in",
            "x)",
            ";;",
            "esac",
            "[[",
            "]]",
            "a[",
            "]=",
            "a=(",
            "f\"",
            "r'",
            "\"\"\"",
            "'''",
            "f'{",
            "{x!r:>",
            ":",
            "eval",
            "bash -c ",
            "python3 <<EOF\n",
            "echo",
            "#!/bin/sh\n",
            "export X=",
            "-eq",
            "é",
            "\ud83d\ude00",
            "\ud83d");

    /** A constant with braces in it is the way to write braces, and so is ours. */
    private static final Pattern BRACES_IN_TEXT = Pattern.compile("\\{\\{[^{}]*[\"'`][^\"'`]*(\\{\\{|}})");

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
    void anyTextIsRenderedOrRefused(@ForAll("templates") String template, @ForAll Language language) throws Exception {
        List<ToolArgument> declared = List.of(new ToolArgument("v", "string"), new ToolArgument("l", "array"));
        Map<String, JsonNode> arguments =
                Map.of("v", TextNode.valueOf("a'b\"c $(d)\ne"), "l", Render.JSON.readTree("[\"x y\", 1, {\"k\": []}]"));
        TemplateCheck check = TemplateCheck.of(template, declared);
        try {
            String text = TemplateRenderer.render(template, declared, arguments, language)
                    .text();
            assertThat(text.length()).isLessThan(8 * 1024 * 1024);
            assertThat(check.errors()).isEmpty();
        } catch (BadTemplate bad) {
            assertThat(bad.sentence()).isNotEmpty();
            assertThat(bad.line()).isPositive();
        }
    }

    @Property(tries = 1000)
    void textWithoutOurNamesIsUnchanged(@ForAll("templates") String template) throws BadTemplate {
        String foreign = template.replace(".v", ".V").replace(".l", ".L").replace("$x :=", "$x = ");
        if (!foreign.contains("{{/*") && !BRACES_IN_TEXT.matcher(foreign).find()) {
            assertThat(TemplateRenderer.render(foreign, List.of(), Map.of(), Language.SHELL)
                            .text())
                    .isEqualTo(foreign);
        }
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<Character> special = Arbitraries.of("'\"`$\\(){}[]<>;&|#*?~!=%^@-+, \t\n\rEOF\u0001\u00e9\u2028"
                .chars()
                .mapToObj(c -> (char) c)
                .toList());
        Arbitrary<Character> any = Arbitraries.chars().range(' ', '\u00ff').filter(c -> c != 0x7f);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, special), net.jqwik.api.Tuple.of(1, any))
                .list()
                .ofMaxSize(24)
                .map(characters -> {
                    StringBuilder text = new StringBuilder();
                    characters.forEach(text::append);
                    return text.toString().replace("\u0001", "\u0004");
                });
    }

    @Provide
    Arbitrary<List<String>> manyValues() {
        return values().list().ofSize(8);
    }

    /** Few tries, each with many values in every place: starting a shell is what costs. */
    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void anyValueArrivesInEveryPlace(@ForAll("manyValues") List<String> values) throws Exception {
        List<String> shell = Shells.installed().get(1 % Shells.installed().size());
        boolean bash = shell.getFirst().endsWith("bash");
        List<Shells.Case> cases = new ArrayList<>();
        for (ShellPlace place : ShellPlaces.ALL.stream().flatMap(List::stream).toList()) {
            for (String value : values) {
                if (place.tried().test(value) && (bash || !place.bash())) {
                    try {
                        String script = Render.value(bash ? Language.BASH : Language.SHELL, place.template(), value)
                                .text();
                        cases.add(new Shells.Case(place.template() + " with " + value, script, place.shown(value)));
                    } catch (BadTemplate refused) {
                        assertThat(place.refused().test(value))
                                .as(place.template() + " with " + value + ": " + refused.getMessage())
                                .isTrue();
                    }
                }
            }
        }
        Path directory = Files.createTempDirectory("template");
        try {
            for (Executable failure : Shells.run(directory, shell, cases)) {
                executeQuietly(failure);
            }
        } finally {
            try (var files = Files.walk(directory)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void executeQuietly(Executable failure) {
        try {
            failure.execute();
        } catch (Throwable thrown) {
            throw new AssertionError(thrown.getMessage(), thrown);
        }
    }

    @Property(tries = 1)
    void workIsBounded() {
        for (String template : List.of(
                "{{range 1000000000}}{{$.v}}{{end}}",
                "{{range .n}}{{end}}",
                "{{$x := .v}}{{range .n}}{{$x = print $x $x}}{{end}}{{$x}}",
                "{{range .n}}{{range $.n}}{{range $.n}}{{end}}{{end}}{{end}}",
                "{{range .n}}{{$.v | printf \"%s%1000s\" \"a\"}}{{end}}",
                "{{range .n}}0123456789{{end}}",
                "{{if .v}}".repeat(100) + "{{end}}".repeat(100),
                "{{" + "(".repeat(60) + ".v" + ")".repeat(60) + "}}",
                "{{$x := list .v}}{{range .n}}{{$x = list $x $x}}{{end}}{{$x}}",
                "{{$x := list .v}}{{range split \"\" (printf \"%40s\" .v)}}{{$x = list $x $x}}{{end}}{{$x}}",
                "{{$x := list .v}}{{range .n}}{{$x = list $x}}{{end}}{{$x}}",
                "{{replace \"\" (printf \"%1000s\" .v) (printf \"%1000s\" .v) | replace \"\" (printf \"%1000s\" .v)"
                        + " | replace \" \" (printf \"%1000s\" .v)}}")) {
            try {
                String arguments = "{\"v\": \"value\", \"n\": 1000000000}";
                String text = Render.in(Language.SHELL, template, arguments);
                // Only what is no action of ours may come out whole.
                assertThat(text).isEqualTo(template);
            } catch (BadTemplate bad) {
                assertThat(bad.sentence()).containsAnyOf("too many", "too much", "longer than", "too deeply");
            }
        }
    }
}
