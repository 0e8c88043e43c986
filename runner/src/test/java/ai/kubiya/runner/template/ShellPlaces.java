package ai.kubiya.runner.template;

import static ai.kubiya.runner.template.ShellPlace.BRACKET;
import static ai.kubiya.runner.template.ShellPlace.ENDS_DOCUMENT;
import static ai.kubiya.runner.template.ShellPlace.NOT_A_NUMBER;
import static ai.kubiya.runner.template.ShellPlace.NOT_PLAIN;
import static ai.kubiya.runner.template.ShellPlace.OPTION;
import static ai.kubiya.runner.template.ShellPlace.QUOTE;
import static ai.kubiya.runner.template.ShellPlace.at;
import static ai.kubiya.runner.template.ShellPlace.bash;
import static ai.kubiya.runner.template.ShellPlace.between;
import static ai.kubiya.runner.template.ShellPlace.document;
import static ai.kubiya.runner.template.ShellPlace.split;

import java.util.List;

/** The places of a shell script. */
final class ShellPlaces {
    private ShellPlaces() {}

    private static final List<ShellPlace> WORDS = List.of(
            at("show a {{.v}} b").splitting("a", "b"),
            at("show a {{.v}}").splitting("a"),
            at("show a {{.v}}; show b").calling(value -> List.of(between("a", value), List.of("b"))),
            at("show a {{.v}}\nshow b").calling(value -> List.of(between("a", value), List.of("b"))),
            at("show a {{.v}}|cat").splitting("a"),
            at("show a {{.v}}>&1").splitting("a"),
            at("show a {{.v}} \\\n  b").splitting("a", "b"),
            at("show a {{.v}}\\\n  b").splitting("a", "b"),
            at("for i in {{.v}}; do show \"$i\"; done; show e").calling(value -> {
                List<List<String>> calls = new java.util.ArrayList<>();
                split(value).forEach(word -> calls.add(List.of(word)));
                calls.add(List.of("e"));
                return calls;
            }),
            at("(show a {{.v}})").splitting("a"),
            at("( show a {{.v}} )").splitting("a"),
            at("show \"$(for i in a {{.v}}; do printf %s, \"$i\"; done)\"")
                    .giving(value -> List.of(String.join(",", between("a", value, "")))),
            at("set -- start {{.v}} end; show \"$@\"").splitting("start", "end"),
            at("show --name={{.v}}").around("--name=", ""),
            at("show pre{{.v}}post").around("pre", "post"),
            at("show {{.v}}/x").around("", "/x"),
            at("show {{.v}}#x").around("", "#x"),
            at("show {{.v}}{{.v}}").giving(value -> List.of(value + value)),
            at("show {{.v}}{{.v}}{{.v}}").giving(value -> List.of(value + value + value)),
            at("show x{{.v}} {{.v}}y").giving(value -> List.of("x" + value, value + "y")),
            at("show a\\\n{{.v}}").around("a", ""),
            at("show \\$x{{.v}}").around("$x", ""),
            at("show \\\\{{.v}}").around("\\", ""),
            at("u=1; show $u{{.v}}").around("1", ""),
            at("show \"a\"{{.v}}'b'").around("a", "b"),
            at("show ~{{.v}}").around("~", ""),
            at("show {{.v | quote}}"),
            at("show {{.v | squote}}"),
            at("if true; then show {{.v}}x; fi").around("", "x"),
            at("{ show {{.v}}x; }").around("", "x"),
            at("true && show x{{.v}} || show no").around("x", ""));

    private static final List<ShellPlace> QUOTES = List.of(
            at("show '{{.v}}'"),
            at("show \"{{.v}}\""),
            at("show 'a{{.v}}b'").around("a", "b"),
            at("show \"a {{.v}} b\"").around("a ", " b"),
            at("show \"it's {{.v}} b\"").around("it's ", " b"),
            at("show 'say \"{{.v}}\"'").around("say \"", "\""),
            at("show \"say '{{.v}}'\"").around("say '", "'"),
            at("show \"say \\\"{{.v}}\\\"\"").around("say \"", "\""),
            at("show \"\\\\{{.v}}\"").around("\\", ""),
            at("show \"# {{.v}}\" '# {{.v}}'").giving(value -> List.of("# " + value, "# " + value)),
            at("u=1 ux=2; show \"$u{{.v}}\"").around("1", ""),
            at("u=1; show \"${u}{{.v}}$u\"").around("1", "1"),
            at("u=1; show \"$u$(echo 2){{.v}}\"").around("12", ""),
            at("show \"$#{{.v}}\"").around("1", ""),
            at("show \"{{.v | quote}}\""),
            at("show '{{.v | squote}}'"),
            at("show \"$(printf '%sx' \"{{.v}}\")\"").around("", "x"),
            at("show \"$(printf '%sx' '{{.v}}')\"").around("", "x"),
            at("show \"$(printf '%sx' a{{.v}})\"").around("a", "x"),
            at("show \"$(printf '%sx' \"$(printf '%s.' \"{{.v}}\")\")\"").around("", ".x"),
            at("show \"$( # it's\nprintf '%sx' \"{{.v}}\")\"").around("", "x"),
            at("show \"$(case x in x) printf %sx \"{{.v}}\";; esac)\"").around("", "x"),
            at("show \"$(case x in (x) printf %sx \"{{.v}}\";; esac)\"").around("", "x"),
            at("show \"`printf %s '{{.v}}'`\"").refusing(NOT_PLAIN),
            at("X=`printf %s \"{{.v}}\"`; show \"$X\"").refusing(NOT_PLAIN),
            at("# it's\nshow \"{{.v}}\""),
            at("show a # {{.v}}\nshow b").calling(value -> List.of(List.of("a"), List.of("b"))),
            at("# don't {{.v}}\nshow x{{.v}}").around("x", ""),
            at("f() { show \"$@\"; }; f '{{.v}}'"),
            at("f () { show \"{{.v}}\"; }; f"),
            at("show \"{{.v}}\" | cat"));

    private static final List<ShellPlace> ASSIGNMENTS = List.of(
            at("X={{.v}}; show \"$X\""),
            at("X=\"{{.v}}\"; show \"$X\""),
            at("X={{.v}} export Y={{.v}}; show \"$Y\""),
            at("export X={{.v}}; show \"$X\""),
            at("export X=\"{{.v}}\"; show \"$X\""),
            at("readonly X='{{.v}}'; show \"$X\""),
            at("X={{.v}} sh -c 'printf \"%s\\0\" 1 \"$X\"'"),
            at("X=${u:-{{.v}}}; show \"$X\""),
            at("show \"${u:-{{.v}}}\"").refusing(QUOTE),
            at("show \"${u-{{.v}}}\"").refusing(QUOTE),
            at("u=1; show \"${u:+{{.v}}}\"").refusing(QUOTE),
            at("show \"a${u:-b{{.v}}c}d\"").around("ab", "cd").refusing(QUOTE),
            at("X=${u:-'{{.v}}'}; show \"$X\""),
            at("X=${u:-\"{{.v}}\"}; show \"$X\""),
            at("show \"${u:-$(printf '%sx' \"{{.v}}\")}\"").around("", "x"),
            at("show \"${u:-\"{{.v}}\"}\"").refusing(NOT_PLAIN),
            at("w=atail; show \"${w#a{{.v}}}\"")
                    .giving("atail")
                    .refusing(NOT_PLAIN)
                    .only(v -> !v.isEmpty()),
            at("w={{.v}}tail; X=${w#{{.v}}}; show \"$X\"").giving("tail"),
            at("[ {{.v}} = \"{{.v}}\" ] && show yes").giving("yes"),
            at("test x{{.v}} = \"x{{.v}}\" && show yes").giving("yes"),
            at("case {{.v}} in a) show a;; {{.v}}) show yes;; *) show no;; esac")
                    .giving("yes"),
            at("case \"x{{.v}}\" in (x\"{{.v}}\") show {{.v}}y;; esac").around("", "y"),
            at("case x in x) show \"{{.v}}\";; esac; show {{.v}}x")
                    .calling(value -> List.of(List.of(value), List.of(value + "x"))),
            at("echo x >f{{.v}}x; show y; rm -f ./f*")
                    .giving("y")
                    .only(value -> !value.contains("/") && value.length() < 200),
            at("show x >&2 {{.v}}; show y").giving("y"),
            at("show \"$(( {{.v}} ))\"").refusing(NOT_A_NUMBER),
            at("show $((0+{{.v}}))").refusing(NOT_A_NUMBER),
            bash("w=1; show \"$(( w + \"{{.v}}\" - 1 ))\"").refusing(NOT_A_NUMBER));

    private static final List<ShellPlace> DOCUMENTS = List.of(
            document("cat >f <<EOF\n{{.v}}\nEOF\n"),
            document("cat >f <<'EOF'\n{{.v}}\nEOF\n"),
            document("cat >f <<\"EOF\"\n{{.v}}\nEOF\n"),
            document("cat >f <<\\EOF\n{{.v}}\nEOF\n"),
            document("cat <<EOF >f\n{{.v}}\nEOF\n"),
            document("cat >f <<-EOF\n{{.v}}\n\tEOF\n")
                    .refusing(value ->
                            ENDS_DOCUMENT.test(value) || value.lines().anyMatch(line -> line.startsWith("\t"))),
            document("u=1\ncat >f <<EOF\n'\"{{.v}}$u`echo 2`$(echo 3)${u}\nEOF\n")
                    .around("'\"", "1231\nx"),
            document("cat >f <<EOF\n$(printf '%s' \"{{.v}}.\")\nEOF\n").around("", ".\nx"),
            document("cat >f <<EOF\na\\\n{{.v}}\nEOF\n").around("a", "\nx"),
            document("cat >f <<A; cat >>f <<'B'\n{{.v}}.\nA\n{{.v}}\nB\n")
                    .giving(value -> List.of(value + ".\n" + value + "\nx")),
            document("cat >f <<EOF\nit's\nEOF\n: \"{{.v}}\"\n")
                    .giving("it's\nx")
                    .refusing(value -> false),
            at("show \"$(cat <<EOF\n{{.v}}x\nEOF\n)\"").around("", "x").refusing(ENDS_DOCUMENT));

    private static final List<ShellPlace> BASH = List.of(
            bash("show $'{{.v}}'"),
            bash("show $\"{{.v}}\""),
            bash("show \"$(cat <<<{{.v}}; printf x)\"").around("", "\nx"),
            bash("[[ {{.v}} == {{.v}} ]] && show \"{{.v}}\""),
            bash("[[ \"x{{.v}}\" =~ {{.v}}$ ]] && show \"{{.v}}\""),
            bash("if [[ x =~ ^(a|x)$ ]]; then show \"{{.v}}\"; fi"),
            bash("a=(x '{{.v}}'); show \"${a[1]}\""),
            bash("a=(x {{.v}} y); show \"${a[@]}\"").splitting("x", "y"),
            bash("declare -A m=([k]={{.v}}); show \"${m[k]}\"").refusing(NOT_PLAIN),
            bash("declare -A m; m[k]={{.v}}; show \"${m[k]}\""),
            bash("f() { local x={{.v}}; show \"$x\"; }; f"),
            bash("f() { local x=\"{{.v}}\"; show \"$x\"; }; f"),
            bash("w=\"a{{.v}}b\"; show \"${w/#a/}\"").around("", "b"),
            bash("show \"$(cat < <(printf %sx \"{{.v}}\"))\"").around("", "x"),
            bash("show x &>/dev/null {{.v}}; show y").giving("y"),
            bash("(( x = {{.v}} )); show $x").refusing(NOT_A_NUMBER),
            bash("for ((i = 0; i < {{.v}}; i++)); do :; done; show $i").refusing(NOT_A_NUMBER),
            bash("let x={{.v}}; show $x").refusing(NOT_A_NUMBER),
            bash("a[{{.v}}]=5; show 5").refusing(NOT_A_NUMBER),
            bash("a[ {{.v}} ]=5; show 5").refusing(NOT_A_NUMBER),
            bash("a=([{{.v}}]=5); show 5").refusing(NOT_A_NUMBER),
            bash("w=abcdefg; show \"${w:0:{{.v}}}\"").giving("abcde").refusing(NOT_A_NUMBER),
            bash("w=(1 2 3 4 5 5); show \"${w[{{.v}}]}\"").refusing(NOT_A_NUMBER),
            bash("declare -i n={{.v}}; show $n").refusing(NOT_A_NUMBER),
            bash("[[ {{.v}} -eq 5 ]]; show 5").refusing(NOT_A_NUMBER),
            bash("[[ 5 -eq \"{{.v}}\" ]]; show 5").refusing(NOT_A_NUMBER),
            bash("declare -a n={{.v}}; show \"$n\"").refusing(NOT_PLAIN),
            bash("[[ -v {{.v}} ]]; show x").giving("x").refusing(BRACKET),
            bash("printf -v {{.v}} x; show x").giving("x").refusing(BRACKET).only(v -> !v.isBlank() && !OPTION.test(v)),
            bash("read {{.v}} <<<x; show x").giving("x").refusing(BRACKET).only(OPTION.negate()),
            bash("declare {{.v}}; show x").giving("x").refusing(BRACKET).only(OPTION.negate()));

    static final List<List<ShellPlace>> ALL = List.of(WORDS, QUOTES, ASSIGNMENTS, DOCUMENTS, BASH);
}
