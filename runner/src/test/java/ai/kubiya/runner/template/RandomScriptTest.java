package ai.kubiya.runner.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Scripts put together at random, valid ones by a grammar and others of loose pieces, with hostile values: whatever the
 * shell makes of such a script, it never runs what is in a value.
 */
class RandomScriptTest {
    /** Not busybox, which can loop for ever after an arithmetic error inside a here-document. */
    private static final List<List<String>> SHELLS = List.of(List.of("/bin/sh"), List.of("/bin/bash"));

    private static final List<String> PIECES = List.of(
            "{{.v}}",
            "{{.v}}",
            "{{.v}}",
            "{{.v | quote}}",
            "x{{.v}}",
            "\"{{.v}}\"",
            "'{{.v}}'",
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
            "${u:-",
            "${u#",
            "${u/a/",
            "${u:",
            "}",
            "$'",
            "$\"",
            "\\",
            "\n",
            "\n",
            " ",
            " ",
            "\t",
            ";",
            "&&",
            "||",
            "|",
            "&",
            "<",
            ">f",
            "<<EOF\n",
            "<<'EOF'\n",
            "<<-EOF\n",
            "\nEOF\n",
            "EOF",
            "<<<",
            "<(",
            ">(",
            "#",
            " #",
            "case x in ",
            "x)",
            "*)",
            ";;",
            " esac",
            "[[ ",
            " ]]",
            "[ ",
            " ]",
            "a[",
            "]=",
            "a=(",
            ")",
            "echo ",
            "echo ",
            ": ",
            "X=",
            "export X=",
            "-eq",
            "=~",
            "==",
            "!",
            "{ ",
            "}",
            "if ",
            "; then ",
            "; fi",
            "for i in ",
            "; do ",
            "; done",
            "f() ",
            "u=1",
            "$u",
            "$#",
            "$1",
            "${#u}",
            "~",
            "*",
            "{a,b}",
            "\\\n",
            "\"${u:-",
            "}\"",
            "\"$(",
            ")\"",
            "cat ",
            "$'\\'",
            "it's",
            "say \"",
            "$((1+",
            "$[",
            "\r\n");

    private static final List<String> VALUES = List.of(
            "x; touch pwned #",
            "'; touch pwned; '",
            "\"; touch pwned; \"",
            "$(touch pwned)",
            "`touch pwned`",
            "x\ntouch pwned\n",
            ")\ntouch pwned\n(",
            "}; touch pwned; {",
            "}\"; touch pwned; \"",
            "a[$(touch pwned)]",
            "EOF\ntouch pwned\n",
            "EOFx); touch pwned",
            "\\",
            "'",
            "\"",
            "<(touch pwned)",
            "]]; touch pwned; [[",
            ";; esac; touch pwned",
            "5",
            "plain",
            "");

    @Provide
    Arbitrary<List<String>> scripts() {
        return Arbitraries.of(PIECES)
                .list()
                .ofMinSize(2)
                .ofMaxSize(14)
                .map(pieces -> String.join("", pieces))
                .list()
                .ofSize(30);
    }

    /** What chance has found once. */
    @Example
    void noKnownJumbleRunsAValue() throws Exception {
        List<String> found = List.of("[[  esac<<EOF\n ]||({{.v}}\n\"{a,b})){{.v}}");
        for (List<String> shell : SHELLS) {
            tryAll(shell, found);
        }
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void noJumbleRunsAValue(@ForAll("scripts") List<String> scripts) throws Exception {
        for (List<String> shell : SHELLS) {
            tryAll(shell, scripts);
        }
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void noScriptRunsAValue(@ForAll long seed) throws Exception {
        for (List<String> shell : SHELLS) {
            List<String> scripts = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                scripts.add(new ScriptGrammar(seed + i, shell.getFirst().endsWith("bash")).script());
            }
            tryAll(shell, scripts);
        }
    }

    private static void tryAll(List<String> shell, List<String> scripts) throws Exception {
        Language language = shell.getFirst().endsWith("bash") ? Language.BASH : Language.SHELL;
        List<Shells.Case> cases = new ArrayList<>();
        for (String script : scripts) {
            for (String value : VALUES) {
                try {
                    String text = Render.value(language, script, value).text();
                    cases.add(new Shells.Case(script + "\n--- with " + value, text, List.of()));
                } catch (BadTemplate refused) {
                    assertThat(refused.sentence()).isNotEmpty();
                }
            }
        }
        Path directory = Files.createTempDirectory("template");
        try {
            assertThat(Shells.hacked(directory, shell, cases)).isEmpty();
        } finally {
            try (var files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
