package ai.kubiya.runner.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kubiya.protocol.ToolArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that take no value, only plain values, or a value with a warning; and which language a run is in. */
class PlacesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo ${{.v}}",
                "echo \"${{.v}}\"",
                "echo \"costs ${{.v}} now\"",
                "echo \\{{.v}}",
                "echo \"\\{{.v}}\"",
                "cat <<EOF\n\\{{.v}}\nEOF",
                "cat <<EOF\n${{.v}}\nEOF",
                "cat <<EOF\n$u{{.v}}\nEOF",
                "echo \"${u:-$u{{.v}}}\"",
                "echo \"${ {{.v}}}\"",
                "echo $((n{{.v}}))",
                "echo $((16#{{.v}}))",
                "echo $(($n{{.v}}))",
                "echo $[ {{.v}} ]",
                "((echo a) ; echo {{.v}} )",
                "echo $((echo a); echo {{.v}})",
            })
    void aPlaceThatWouldChangeTheValueTakesNone(String template) {
        assertThatThrownBy(() -> Render.value(Language.SHELL, template, "abc")).isInstanceOf(BadTemplate.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat <<{{.v}}\nx\n{{.v}}",
                "cat <<E{{.v}}\nx\nE{{.v}}",
                "echo $'it\\'s' {{.v}}",
                "echo \"${u:-it's}\" {{.v}}",
                "echo \"${u:-<(}\" {{.v}}",
                "x=$(cat <<EOF\na\nEOF)\necho {{.v}}",
                "x=$(cat <<EOF\na\nEOF x)\necho {{.v}}",
                "echo ) {{.v}}",
                "echo `cat {{.v}}`",
                "bash <<EOF\necho {{.v}}\nEOF",
                "bash <<'EOF'\necho {{.v}}\nEOF",
                "ssh host <<EOF\nls {{.v}}\nEOF",
                "kubectl exec -i pod -- sh <<EOF\nls {{.v}}\nEOF",
                "cat <<EOF | sh\nls {{.v}}\nEOF",
                "cat <<EOF > run.sh\nls {{.v}}\nEOF",
                "node <<'EOF'\nconsole.log('{{.v}}')\nEOF",
                "psql <<SQL\nselect '{{.v}}'\nSQL",
                "cat <<'EOF' | python3\nprint('{{.v}}')\nEOF",
            })
    void aDoubtfulPlaceTakesOnlyPlainValues(String template) throws BadTemplate {
        assertThat(Render.value(Language.SHELL, template, "a-1.b").text())
                .isEqualTo(template.replace("{{.v}}", "a-1.b"));
        for (String value : List.of("a b", "'", "$(x)", ";", "a\nb", "\"")) {
            assertThatThrownBy(() -> Render.value(Language.SHELL, template, value))
                    .isInstanceOf(BadTemplate.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            eval "{{.v}}"                     ¦ eval
            bash -c "ls {{.v}}"               ¦ bash
            sudo sh -ec 'ls {{.v}}'           ¦ sh
            python3 -c "print('{{.v}}')"      ¦ python3
            ssh host "ls {{.v}}"              ¦ ssh
            xargs sh -c 'rm {{.v}}'           ¦ sh
            trap "rm {{.v}}" EXIT             ¦ trap
            jq ".[] | select(.n==\\"{{.v}}\\")" ¦ jq
            sed -i "s/a/{{.v}}/" file         ¦ sed
            """)
    void warnsWhereAValueIsEvaluatedAgain(String template, String program) throws BadTemplate {
        assertThat(Render.value(Language.SHELL, template, "x").warnings())
                .hasSize(1)
                .first()
                .asString()
                .contains(program);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kubectl get {{.v}}", "echo \"{{.v}}\"", "jq . {{.v}}", "sh run.sh {{.v}}", "grep -e {{.v}} f"})
    void doesNotWarnOfOrdinaryCommands(String template) throws BadTemplate {
        assertThat(Render.value(Language.SHELL, template, "x").warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python3 <<'EOF'\n%s\nEOF", "python3 - <<EOF\n%s\nEOF", "cat > a.py <<EOF\n%s\nEOF"})
    void pythonInADocumentIsPython(String document) throws BadTemplate {
        String template = document.formatted("x = {{.v}}\nprint('{{.v}}')");
        String text = Render.value(Language.SHELL, template, "it's").text();
        assertThat(text.replace("\\\\", "\\")).isEqualTo(document.formatted("x = 'it\\'s'\nprint('it\\'s')"));
    }

    @Test
    void refusesNulEverywhereAndTextInOtherLanguages() {
        assertThatThrownBy(() -> Render.value(Language.SHELL, "x '{{.v}}'", "a\0b"))
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> Render.value(Language.PYTHON, "x '{{.v}}'", "a\0b"))
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> Render.value(Language.OTHER, "x '{{.v}}'", "a b"))
                .hasMessage("line 1, column 4: the value has characters that could be code in this script's language;"
                        + " read the environment variable instead");
    }

    @Test
    void aFirstLineMadeByActionsIsRefused() {
        assertThatThrownBy(() -> Render.value(Language.SHELL, "{{if .v}}{{end}}#!/usr/bin/env python3\n", ""))
                .hasMessageContaining("#! line");
        assertThatThrownBy(() -> Render.value(Language.SHELL, "#!/bin/{{.v}}\n", "sh"))
                .hasMessageContaining("#! line");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', nullValues = "-", textBlock = """
            docker ¦ -            ¦ echo                            ¦ SHELL
            script ¦ -            ¦ #!/bin/bash                     ¦ BASH
            script ¦ -            ¦ #!/usr/bin/env bash             ¦ BASH
            script ¦ -            ¦ #!/usr/bin/env -S bash -e       ¦ BASH
            docker ¦ -            ¦ #!/bin/sh -e                    ¦ SHELL
            docker ¦ -            ¦ #!/bin/busybox sh               ¦ SHELL
            docker ¦ -            ¦ #!/usr/bin/env python3          ¦ PYTHON
            docker ¦ -            ¦ #!/usr/bin/python3.12 -u        ¦ PYTHON
            python ¦ -            ¦ import os                       ¦ PYTHON
            python ¦ -            ¦ #!/bin/sh                       ¦ SHELL
            docker ¦ -            ¦ #!/usr/bin/env node             ¦ OTHER
            docker ¦ -            ¦ #!/opt/unknown                  ¦ OTHER
            docker ¦ -            ¦ §  #!/usr/bin/env python3§      ¦ OTHER
            docker ¦ -            ¦ §  #!/bin/bash§                 ¦ SHELL
            python ¦ -            ¦ §  #!/usr/bin/env python3§      ¦ PYTHON
            docker ¦ bash -c      ¦ echo                            ¦ BASH
            docker ¦ python3 -u   ¦ #!/bin/sh                       ¦ PYTHON
            docker ¦ tini -- sh   ¦ echo                            ¦ SHELL
            docker ¦ python3 x.py ¦ echo                            ¦ OTHER
            docker ¦ /entry       ¦ #!/bin/sh                       ¦ OTHER
            """)
    void knowsTheLanguage(String type, String entrypoint, String content, Language language) {
        List<String> words = entrypoint == null ? List.of() : List.of(entrypoint.split(" "));
        assertThat(Language.of(type, words, content + "\n")).isEqualTo(language);
    }

    @Test
    void checksWithoutValues() {
        List<ToolArgument> declared = List.of(new ToolArgument("a", "string"), new ToolArgument("b", "int"));
        TemplateCheck good = TemplateCheck.of("x {{.b}} {{.Names}} {{if .c}}{{.a}}{{end}} {{.a}}", declared);
        assertThat(good.errors()).isEmpty();
        assertThat(good.used()).containsExactly("b", "a");
        assertThat(good.untouched()).containsExactly("{{.Names}}", "{{if .c}}{{.a}}{{end}}");
        TemplateCheck bad = TemplateCheck.of("x\n  {{if .a}}", declared);
        assertThat(bad.errors()).singleElement().satisfies(error -> {
            assertThat(error.line()).isEqualTo(2);
            assertThat(error.column()).isEqualTo(3);
        });
    }
}
