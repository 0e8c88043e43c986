package ai.kubiya.runner.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What actions give, seen through a here-document for cat, where values stand as they are. */
class GoTemplateTest {
    private static final String ARGUMENTS = """
            {"name": "web", "empty": "", "count": 3, "zero": 0, "ratio": 2.5, "big": 1e21, "tiny": 0.00001, "yes": true,
             "no": false, "nothing": null, "list": ["a", "b", "c"], "none": [], "numbers": [1, 2],
             "object": {"key": "value", "deep": {"x": 1}, "a": "first"}, "objects": [{"n": "p"}, {"n": "q"}],
             "words": "one two", "yesText": "true", "json": "{\\"k\\": [1, 2]}"}
            """;

    private static String render(String content) throws BadTemplate {
        String script = "cat <<'--end--'\n" + content + "\n--end--\n";
        String text = Render.in(Language.SHELL, script, ARGUMENTS);
        return text.substring("cat <<'--end--'\n".length(), text.length() - "\n--end--\n".length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            {{.name}}                                                        ¦ web
            {{ .name }}                                                      ¦ web
            {{$.name}}                                                       ¦ web
            <{{.empty}}{{.nothing}}>                                         ¦ <>
            {{.count}} {{.zero}} {{.ratio}} {{.big}} {{.tiny}}               ¦ 3 0 2.5 1e+21 1e-05
            {{.yes}} {{.no}}                                                 ¦ true false
            {{.list}} {{.object.deep}}                                       ¦ ["a","b","c"] {"x":1}
            {{.object.key}} {{.object.deep.x}} <{{.object.missing.far}}>     ¦ value 1 <>
            a {{- .name -}} b                                                ¦ awebb
            a {{- /* note */ -}} b                                           ¦ ab
            a {{/* note */}} b                                               ¦ a  b
            {{if .name}}y{{else}}n{{end}}                                    ¦ y
            {{if .empty}}y{{else}}n{{end}}{{if .zero}}y{{else}}n{{end}}{{if .none}}y{{else}}n{{end}}{{if .nothing}}y{{else}}n{{end}} ¦ nnnn
            {{if .no}}a{{else if .yes}}b{{else}}c{{end}}                     ¦ b
            {{if .no}}a{{else if .zero}}b{{else if eq .count 3}}c{{else}}d{{end}} ¦ c
            {{if and .yes (eq .name "web")}}y{{end}}                         ¦ y
            {{if or .no .empty}}y{{else}}n{{end}}                            ¦ n
            {{and .yes .name}} {{or .empty .name}} {{not .empty}}            ¦ web web true
            {{if eq .name "a" "web" "c"}}y{{end}}                            ¦ y
            {{if eq .yes "true"}}y{{end}}{{if eq .yesText true}}y{{end}}     ¦ yy
            {{if ne .name "web"}}y{{else}}n{{end}}                           ¦ n
            {{if lt .count 4}}1{{end}}{{if le .count 3}}2{{end}}{{if gt .ratio 2}}3{{end}}{{if ge .count 4}}4{{end}} ¦ 123
            {{if lt .name "x"}}y{{end}}                                      ¦ y
            {{range .list}}[{{.}}]{{end}}                                    ¦ [a][b][c]
            {{range $i, $e := .list}}{{if $i}},{{end}}{{$i}}={{$e}}{{end}}   ¦ 0=a,1=b,2=c
            {{range $e := .list}}{{$e}}{{end}}                               ¦ abc
            {{range $k, $v := .object}}{{$k}};{{end}}                        ¦ a;deep;key;
            {{range .objects}}{{.n}}{{$.name}}{{end}}                        ¦ pwebqweb
            {{range .none}}x{{else}}none{{end}}                              ¦ none
            {{range .count}}{{.}}{{end}}                                     ¦ 012
            {{range .list}}{{if eq . "b"}}{{continue}}{{end}}{{.}}{{end}}    ¦ ac
            {{range .list}}{{if eq . "b"}}{{break}}{{end}}{{.}}{{end}}       ¦ a
            {{with .name}}<{{.}}>{{end}}{{with .empty}}x{{else}}-{{end}}     ¦ <web>-
            {{with .object}}{{.key}}{{end}}                                  ¦ value
            {{with $n := .name}}{{$n}}{{end}}                                ¦ web
            {{if $n := .name}}{{$n}}{{end}}                                  ¦ web
            {{$x := .name}}{{$x}}{{$x = .count}}{{$x}}                       ¦ web3
            {{$x := "a"}}{{if .yes}}{{$x = "b"}}{{end}}{{$x}}                ¦ b
            {{$x := "a"}}{{if .yes}}{{$x := "b"}}{{$x}}{{end}}{{$x}}         ¦ ba
            {{.name | upper | printf "%s-%d" "a" 5}}                         ¦ a-5%!(EXTRA)
            {{.name | printf "%s-%s" "a"}}                                   ¦ a-web
            {{printf "|%5d|%-5s|%05d|%.2f|%q|%v|%t|%x|%%" 3 .name 42 .ratio "q" .yes .no 255}} ¦ |    3|web  |00042|2.50|"q"|true|false|ff|%
            {{.name | printf "%d"}}                                          ¦ %!d(web)
            {{print .name 1 2 "x"}}                                          ¦ web1 2x
            {{len .list}} {{len .name}} {{len .object}} {{len .empty}}       ¦ 3 3 3 0
            {{index .list 1}} {{index .object "deep" "x"}} {{(index .objects 1).n}} ¦ b 1 q
            {{slice .name 1}} {{slice .list 1 2}}                            ¦ eb ["b"]
            {{.empty | default "d"}} {{default "d" .name}} {{.zero | default 5}} ¦ d web 5
            {{coalesce .empty .nothing .name}} {{ternary "a" "b" .yes}} {{.no | ternary "a" "b"}} ¦ web a b
            {{upper .name}} {{lower "ABC" | print .name}} {{title .words}}   ¦ WEB webabc One Two
            [{{trim "  x " | print .empty}}] {{trimPrefix "w" .name}} {{trimSuffix "b" .name}} {{trimAll "wb" .name}} ¦ [x] eb we e
            {{replace "e" "E" .name}} {{.words | replace " " "-"}}           ¦ wEb one-two
            {{join "," .list}} {{.numbers | join "+"}} {{split " " .words | join "/"}} ¦ a,b,c 1+2 one/two
            {{contains "e" .name}} {{hasPrefix "w" .name}} {{.name | hasSuffix "x"}} {{has "b" .list}} ¦ true true false true
            {{first .list}} {{last .list}} {{list 1 .name | toJson}} {{keys .object | toJson}} ¦ a c [1,"web"] ["a","deep","key"]
            {{toJson .object.deep}} {{toJson .words}} {{(fromJson .json).k}} ¦ {"x":1} "one two" [1,2]
            {{int "7" | print .empty}} {{int .ratio}} {{toString .count}}    ¦ 7 2 3
            {{empty .empty}} {{urlquery .words}} {{b64enc .name}} {{b64enc .name | b64dec}} ¦ true one+two d2Vi web
            [{{indent 2 .name}}]                                             ¦ [  web]
            {{.words | quote}} {{.words | squote}}                           ¦ "one two" 'one two'
            {{ `{{.Names}}` }} {{"{{"}}.ID{{"}}"}}                           ¦ {{.Names}} {{.ID}}
            {{.name}}{{"a}}b"}}                                              ¦ weba}}b
            {{{.name}}}                                                      ¦ {web}
            {{if .name -}}  x  {{- end}}                                     ¦ x
            """)
    void givesWhatGoGives(String template, String expected) throws BadTemplate {
        assertThat(render(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            {{if .name}}x                         ¦ this if has no end
            {{range .list}}{{if .}}{{end}}        ¦ this range has no end
            {{.name | nosuch}}                    ¦ there is no function "nosuch"
            {{nosuch .name}}                      ¦ there is no function "nosuch"
            {{.name | default "x}}                ¦ the string is not closed
            {{.name | default 'x'}}               ¦ a string stands between double quotes
            {{.name .count}}                      ¦ only a function takes arguments
            {{.name | }}                          ¦ a value is missing
            {{(.name}}                            ¦ a parenthesis is not closed
            {{if .name}}a{{else}}b{{else}}c{{end}} ¦ a second else
            {{if .name}}a{{else if .Other}}b{{end}} ¦ names something that is not an argument
            {{index .list 9}}                     ¦ index 9 is outside a list of 3
            {{upper .name .name}}                 ¦ upper takes 1 argument, not 2
            {{range .name}}{{end}}                ¦ range needs a list
            {{eq .list .list}}                    ¦ cannot compare lists
            {{lt .name .count}}                   ¦ needs numbers
            {{printf "%999999d" .count}}          ¦ a width of more than 1000
            {{fromJson .words}}                   ¦ not JSON
            {{.name                               ¦ unexpected
            """)
    void refusesWhatIsWrongWithASentence(String template, String sentence) {
        assertThatThrownBy(() -> render("\n  " + template)).isInstanceOfSatisfying(BadTemplate.class, bad -> {
            assertThat(bad.sentence()).contains(sentence);
            assertThat(bad.line()).isEqualTo(3);
            assertThat(bad.column()).isGreaterThanOrEqualTo(3);
        });
    }
}
