package ai.kubiya.runner.template;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in the manner of real tools, run with their programs replaced by one that shows its words. */
class ToolSnippetsTest {
    private static final String PROGRAMS = """
            kubectl() { show kubectl "$@"; }
            aws() { show aws "$@"; }
            docker() { show docker "$@"; }
            helm() { show helm "$@"; }
            terraform() { show terraform "$@"; }
            curl() { show curl "$@"; }
            git() { show git "$@"; }
            """;

    private final List<Shells.Case> cases = new ArrayList<>();

    private void tool(String content, String arguments, String... shown) throws BadTemplate {
        String script = PROGRAMS + Render.in(Language.BASH, content, arguments);
        cases.add(new Shells.Case(content, script, List.of(shown)));
    }

    @Test
    void doWhatTheirAuthorsMeant(@TempDir Path directory) throws Exception {
        tool("kubectl {{.command}}", """
                {"command": "get pods -n kube-system; rm -rf /"}
                """, "8", "kubectl", "get", "pods", "-n", "kube-system;", "rm", "-rf", "/");
        tool(
                "kubectl get pods{{if .namespace}} -n {{.namespace}}{{end}} -o wide",
                """
                {"namespace": "dev"}
                """,
                "7",
                "kubectl",
                "get",
                "pods",
                "-n",
                "dev",
                "-o",
                "wide");
        tool(
                "kubectl get pods {{if .namespace}}-n {{.namespace}}{{else}}--all-namespaces{{end}}",
                """
                {"namespace": ""}
                """,
                "4",
                "kubectl",
                "get",
                "pods",
                "--all-namespaces");
        tool(
                "#!/bin/bash\nset -e\naws ec2 {{ .action }} --instance-ids {{ .ids }}",
                """
                {"action": "stop-instances", "ids": "i-1 i-2"}
                """,
                "6",
                "aws",
                "ec2",
                "stop-instances",
                "--instance-ids",
                "i-1",
                "i-2");
        tool(
                "aws s3 cp \"s3://{{.bucket}}/{{.key}}\" - ",
                """
                {"bucket": "b", "key": "a b$(touch pwned).txt"}
                """,
                "5",
                "aws",
                "s3",
                "cp",
                "s3://b/a b$(touch pwned).txt",
                "-");
        tool(
                "docker ps --format '{{.Names}}\\t{{.Status}}' --filter name={{.name}}",
                """
                {"name": "web"}
                """,
                "6",
                "docker",
                "ps",
                "--format",
                "{{.Names}}\\t{{.Status}}",
                "--filter",
                "name=web");
        tool(
                "docker inspect -f '{{range .Mounts}}{{.Source}}{{end}}' \"{{.container}}\"",
                """
                {"container": "c 1"}
                """,
                "5",
                "docker",
                "inspect",
                "-f",
                "{{range .Mounts}}{{.Source}}{{end}}",
                "c 1");
        tool(
                """
                helm upgrade --install {{.release}} {{.chart}} \\
                  --namespace {{.namespace | default "default"}} \\
                  {{- range $k, $v := .values }}
                  --set {{$k}}={{$v}} \\
                  {{- end }}
                  --wait
                """,
                """
                {"release": "web", "chart": "./web", "namespace": "", "values": {"a.b": "x y", "c": 3}}
                """,
                "12",
                "helm",
                "upgrade",
                "--install",
                "web",
                "./web",
                "--namespace",
                "default",
                "--set",
                "a.b=x y",
                "--set",
                "c=3",
                "--wait");
        tool(
                """
                terraform apply -auto-approve \\
                  -var "region={{ .region }}" \\
                  -var "no_public_ip={{ .no_public_ip }}" \\
                  -var 'address_space={{ .address_space }}'
                """,
                """
                {"region": "eu", "no_public_ip": false, "address_space": "[\\"10.0.0.0/16\\"]"}
                """,
                "9",
                "terraform",
                "apply",
                "-auto-approve",
                "-var",
                "region=eu",
                "-var",
                "no_public_ip=false",
                "-var",
                "address_space=[\"10.0.0.0/16\"]");
        tool(
                "curl -s -X POST -d '{\"text\": {{.message | toJson}}}' \"https://{{.host}}/api?q={{.q | urlquery}}\"",
                """
                {"message": "it's \\"so\\"", "host": "x.org", "q": "a&b c"}
                """,
                "7",
                "curl",
                "-s",
                "-X",
                "POST",
                "-d",
                "{\"text\": \"it's \\\"so\\\"\"}",
                "https://x.org/api?q=a%26b+c");
        tool("""
                PAYLOAD=$(cat <<EOF
                {
                  "channel": "$CHANNEL",
                  "text": {{.message | quote}}
                }
                EOF
                )
                show "$PAYLOAD"
                """, """
                {"message": "a \\"b\\" $HOME `x`"}
                """, "1", "{\n  \"channel\": \"\",\n  \"text\": \"a \\\"b\\\" $HOME `x`\"\n}");
        tool("""
                cat > values.yaml <<'EOF'
                name: {{.name}}
                tag: "{{.tag}}"
                EOF
                show "$(cat values.yaml)"; rm values.yaml
                """, """
                {"name": "web", "tag": "1.0"}
                """, "1", "name: web\ntag: \"1.0\"");
        tool("""
                if [ "{{.env}}" = "prod" ]; then
                  show prod
                elif [ -z "{{.env}}" ]; then
                  show none
                else
                  show other {{.env}}
                fi
                """, """
                {"env": "prod\\" ] || [ \\"a"}
                """, "6", "other", "prod\"", "]", "||", "[", "\"a");
        tool(
                "{{if eq .action \"delete\"}}kubectl delete pod {{.pod}}{{else if eq .action \"get\"}}kubectl get pod {{.pod}}"
                        + "{{end}}",
                """
                {"action": "get", "pod": "p1"}
                """,
                "4",
                "kubectl",
                "get",
                "pod",
                "p1");
        tool("{{range .hosts}}show ssh {{.}}\n{{end}}", """
                {"hosts": ["a", "b; touch pwned"]}
                """, "2", "ssh", "a", "4", "ssh", "b;", "touch", "pwned");
        tool("{{range .hosts}}show 'ssh {{.name}}:{{.port}}'\n{{end}}", """
                {"hosts": [{"name": "a", "port": 22}, {"name": "b'", "port": 23}]}
                """, "1", "ssh a:22", "1", "ssh b':23");
        tool("for i in $(seq 1 {{.count}}); do show \"$i of {{.count}}\"; done", """
                {"count": 2}
                """, "1", "1 of 2", "1", "2 of 2");
        tool(
                "{{$flags := \"\"}}{{if .force}}{{$flags = \"--force --grace-period=0\"}}{{end}}kubectl delete pod x {{$flags}}",
                """
                {"force": true}
                """,
                "6",
                "kubectl",
                "delete",
                "pod",
                "x",
                "--force",
                "--grace-period=0");
        tool(
                "git clone {{if .branch}}-b \"{{.branch}}\" {{end}}https://\"$PAT\"@github.com/{{.repo}}.git",
                """
                {"branch": "--upload-pack=x", "repo": "a/b"}
                """,
                "5",
                "git",
                "clone",
                "-b",
                "--upload-pack=x",
                "https://@github.com/a/b.git");
        tool(
                "case \"{{.size}}\" in small|medium) show ok;; *) show bad \"{{.size}}\" ;; esac",
                """
                {"size": "x) touch pwned;; y"}
                """,
                "2",
                "bad",
                "x) touch pwned;; y");
        tool(
                "python3 - <<'EOF'\nimport sys\nsys.stdout.write('1\\0%s\\0' % \"{{.msg}}\")\nEOF\n",
                """
                {"msg": "a\\"; import os\\nos.system('touch pwned')"}
                """, "1", "a\"; import os\nos.system('touch pwned')");
        tool("show \"${name:-{{.fallback}}}\" ${other:-x} $(( {{.n}} * 2 ))", """
                {"fallback": "a $(b) c", "n": 21}
                """, "3", "a $(b) c", "x", "42");
        tool(
                "# Run {{.name}}'s job\nlabels={{join \",\" .labels}}; show \"$labels\" \"{{.labels | join \" \"}}\"",
                """
                {"name": "x\\ntouch pwned", "labels": ["a=b", "c d"]}
                """,
                "2",
                "a=b,c d",
                "a=b c d");
        assertAll(Shells.run(directory, List.of("/bin/bash"), cases));
    }
}
