package ai.kubiya.runner.template;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.protocol.ToolArgument;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other programs put between braces stays as it is. */
class ForeignTextTest {
    private static final List<ToolArgument> DECLARED =
            List.of(new ToolArgument("name", "string"), new ToolArgument("list", "array"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker ps --format '{{.Names}}\t{{.Status}}'",
                "docker ps --format \"table {{.ID}}\\t{{.Names}}\"",
                "docker inspect -f '{{json .State}}' x",
                "docker inspect -f '{{.}}' x; docker inspect -f '{{ . }}' x; docker inspect --format '{{json .}}' x",
                "docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' x",
                "docker inspect -f '{{range $k, $v := .Config.Labels}}{{$k}}={{$v}}{{println}}{{end}}' x",
                "docker inspect -f '{{if .State.Running}}up{{else}}down{{end}}' x",
                "docker inspect -f '{{index .RepoTags 0}}' x",
                "kubectl get po -o go-template='{{range .items}}{{.metadata.name}}{{\"\\n\"}}{{end}}'",
                "kubectl get po -o go-template='{{range .items}}{{if eq .status.phase \"Running\"}}{{.name}}{{end}}{{end}}'",
                "kubectl get po -o jsonpath='{.items[*].metadata.name}'",
                "kubectl get po -o jsonpath=\"{range .items[*]}{.name}{'\\n'}{end}\"",
                "helm template --set a={{ .Values.name }}",
                "{{- define \"x\" -}} {{.name}} {{- end -}}",
                "{{template \"x\" .}} {{block \"y\" .}}{{.name}}{{end}}",
                "name: ${{ github.ref }} ${{ secrets.TOKEN }} ${{ matrix.os == 'x' && 'y' }}",
                "{% for x in y %}{{ x }}{% endfor %} {{ name }} {{ name | upper }} {{ title }} {{ first }}",
                "{{ lookup('env', 'HOME') }} {{ a.b }} {{ a['b'] }} {{ x if y else z }}",
                "{{#each items}}{{this}}{{/each}} {{> partial}} {{{raw}}} {{&x}} {{!note}}",
                "f\"{{literal}} {value} {{{value}}} {{3}} {{'a': 1}}\"",
                "awk '{print $1}' x | awk '{{print $2}}' ; echo ${x:-{{}}} {{}} {{ }} }} {{",
                "${x:-y} ${x} $x ${#x} $((1+2)) {a,b}",
                "{{end}} {{else}} {{break}} {{continue}}",
                "{{range .Items}} not closed {{.Name}}",
                "{{if .Name}}a{{else if .name}}b{{else}}c{{end}}",
                "{{$x}} {{$x := .Foo}} {{$x}} {{$}} {{$.Foo}}",
                "{{.name.}} {{.Name | unknown}} {{unknown}} {{ 5 }} {{ \"text\" }} {{true}} {{print}}",
                "{\"a\": {\"b\": {}}} {{\"a\": 1}}",
                "{{ `unclosed }} {{/* unclosed }} {{ \"unclosed }}",
                "{{.NAME}} {{.name_}} {{.names}}",
            })
    void staysAsItIs(String text) throws BadTemplate {
        for (Language language : Language.values()) {
            Rendered rendered =
                    TemplateRenderer.render(text, DECLARED, Map.of("name", TextNode.valueOf("v")), language);
            assertThat(rendered.text().replace("{{.name.}}", "")).isEqualTo(text.replace("{{.name.}}", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{if .name}}{{range .Items}}{{.name}}{{else}}x{{end}}{{end}} => {{range .Items}}{{.name}}{{else}}x{{end}}",
                "{{range .Items}}{{if .name}}{{.name}}{{end}}{{end}} => {{range .Items}}{{if .name}}{{.name}}{{end}}{{end}}",
                "{{if .name}}a{{if .Foo}}b{{else}}c{{end}}d{{else}}e{{end}} => a{{if .Foo}}b{{else}}c{{end}}d",
                "{{range .list}}docker -H h inspect -f '{{.State}}' ;{{end}} => docker -H h inspect -f '{{.State}}' ;",
                "'{{.Names}} {{.name}}' => '{{.Names}} v'",
                "'${{ x }} {{.name}} {% y %}' => '${{ x }} v {% y %}'",
                "{{`docker ps --format '{{.name}}'`}} => docker ps --format '{{.name}}'",
                "echo '{{\"{{\"}}.name{{\"}}\"}}' => echo '{{.name}}'",
            })
    void staysBesideOurs(String text) throws Exception {
        String[] both = text.split(" => ");
        Rendered rendered = TemplateRenderer.render(
                both[0],
                DECLARED,
                Map.of("name", TextNode.valueOf("v"), "list", Render.JSON.readTree("[\"a\"]")),
                Language.SHELL);
        assertThat(rendered.text()).isEqualTo(both[1]);
    }
}
