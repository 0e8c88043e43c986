package ai.kubiya.server.tool.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolDefinitionParserTest {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    @Test
    void readsAndWritesEveryField() throws JsonProcessingException {
        String json = """
                {"name":"n","description":"d","type":"docker","image":"alpine","content":"echo {{.a}}",
                 "args":[{"name":"a","type":"int","description":"x","required":true,"default":3,"options":[3,4],
                          "options_from":{"image":"i","script":"s"}}],
                 "env":["E"],"secrets":["S"],"with_files":[{"source":"/s","destination":"/d"},
                 {"content":"c","destination":"/e"}],"with_volumes":[{"name":"v","path":"/v"}],
                 "with_services":[{"name":"s","image":"i","exposed_ports":[80],"env":{"K":"V"}}],
                 "entrypoint":["sh"],"on_start":"a","on_build":"b","on_complete":"c","workflow":{"name":"w"},
                 "long_running":true,"timeout":60,"alias":"al","icon_url":"u","mermaid":"m","metadata":{"x":[1]},
                 "dependencies":["p"],"file_name":"f","source":{"id":"1","url":"u"},"unheard_of":{"kept":true}}""";

        ToolDefinition tool = valid(json);

        assertThat(tool.toJson(MAPPER)).isEqualTo(MAPPER.readTree(json));
        assertThat(valid(tool.toJson(MAPPER).toString())).isEqualTo(tool);
    }

    @Test
    void fillsInWhatATinyDefinitionLeavesOut() throws JsonProcessingException {
        ToolDefinition tool = valid("{\"name\":\"n\",\"description\":\"d\",\"content\":\"echo\",\"args\":null}");

        assertThat(tool.type()).isEqualTo(ToolType.SCRIPT);
        assertThat(tool.args()).isEmpty();
        assertThat(tool.timeout()).isNull();
        assertThat(valid("{\"name\":\"n\",\"description\":\"d\",\"image\":\"i\"}")
                        .type())
                .isEqualTo(ToolType.DOCKER);
    }

    @Test
    void understandsTheSpellingsOfRealRepositories() throws JsonProcessingException {
        ToolDefinition tool = valid("""
                {"name":"n","description":"d","type":"bash","content":"c","long_running":"true","timeout":"5m",
                 "dependencies":"litellm\\nrequests\\n","secrets":[{"name":"S"}],"entrypoint":"sh",
                 "args":{"flag":{"type":"boolean","default":"False"},"count":{"type":"integer","default":"5"},
                         "empty":{"type":"number","default":""},"any":null},
                 "with_services":[{"name":"s","image":"i","exposed_ports":["5432"],"env":["A=b=c"]}],
                 "source":"https://example.com"}""");

        assertThat(tool.type()).isEqualTo(ToolType.SCRIPT);
        assertThat(tool.longRunning()).isTrue();
        assertThat(tool.timeout()).isEqualTo(300);
        assertThat(tool.dependencies()).containsExactly("litellm", "requests");
        assertThat(tool.secrets()).containsExactly("S");
        assertThat(tool.args()).extracting(Argument::name).containsExactly("flag", "count", "empty", "any");
        assertThat(tool.args().get(0).defaultValue()).isEqualTo(MAPPER.readTree("false"));
        assertThat(tool.args().get(1).defaultValue())
                .isEqualTo(com.fasterxml.jackson.databind.node.LongNode.valueOf(5));
        assertThat(tool.args().get(2).defaultValue()).isNull();
        assertThat(tool.withServices().getFirst().exposedPorts()).containsExactly(5432);
        assertThat(tool.withServices().getFirst().env()).containsEntry("A", "b=c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"say_hello2", "data-generator", "aws.s3", "Show Pods", "_private", "a"})
    void acceptsTheNamesInUse(String name) throws JsonProcessingException {
        assertThat(valid("{\"name\":\"%s\",\"description\":\"d\",\"content\":\"c\"}".formatted(name))
                        .name())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"description":"d","content":"c"}                                                   | /name
                    {"name":"n","content":"c"}                                                          | /description
                    {"name":"n","description":"d"}                                                      | /content
                    {"name":"a/b","description":"d","content":"c"}                                      | /name
                    {"name":"-a","description":"d","content":"c"}                                       | /name
                    {"name":"n","description":"d","content":"a\\u0000b"}                                | /content
                    {"name":"n","description":"d","content":["c"]}                                      | /content
                    {"name":"n","description":"d","content":"c","type":"golem"}                         | /type
                    {"name":"n","description":"d","content":"c","args":"a"}                             | /args
                    {"name":"n","description":"d","content":"c","args":["a"]}                           | /args/0
                    {"name":"n","description":"d","content":"c","args":[{"type":"int"}]}                | /args/0/name
                    {"name":"n","description":"d","content":"c","args":[{"name":"a b"}]}                | /args/0/name
                    {"name":"n","description":"d","content":"c","args":{"a":{"type":"colour"}}}         | /args/a/type
                    {"name":"n","description":"d","content":"c","args":[{"name":"a"},{"name":"a"}]}     | /args/1/name
                    {"name":"n","description":"d","content":"c","args":[{"name":"a","type":"int","default":"x"}]} | /args/0/default
                    {"name":"n","description":"d","content":"c","args":[{"name":"a","type":"int","options":[1,"x"]}]} | /args/0/options/1
                    {"name":"n","description":"d","content":"c","timeout":-1}                           | /timeout
                    {"name":"n","description":"d","content":"c","timeout":"soon"}                       | /timeout
                    {"name":"n","description":"d","content":"c","timeout":99999999999}                  | /timeout
                    {"name":"n","description":"d","content":"c","env":{"A":"b"}}                        | /env
                    {"name":"n","description":"d","content":"c","metadata":[1]}                         | /metadata
                    {"name":"n","description":"d","content":"c","long_running":"maybe"}                 | /long_running
                    {"name":"n","description":"d","content":"c","with_files":[{"destination":"/d"}]}    | /with_files/0/content
                    {"name":"n","description":"d","content":"c","with_files":[{"content":"c"}]}         | /with_files/0/destination
                    {"name":"n","description":"d","content":"c","with_volumes":[{"name":"v"}]}          | /with_volumes/0/path
                    {"name":"n","description":"d","content":"c","with_services":[{"name":"s"}]}         | /with_services/0/image
                    {"name":"n","description":"d","content":"c","with_services":[{"name":"s","image":"i","exposed_ports":[70000]}]} | /with_services/0/exposed_ports/0
                    """)
    void pointsAtWhatIsWrong(String json, String pointer) throws JsonProcessingException {
        assertThat(problems(json)).extracting(Problem::pointer).containsExactly(pointer);
    }

    @Test
    void findsAllProblemsAtOnce() throws JsonProcessingException {
        assertThat(problems("{\"type\":\"golem\",\"args\":[{}]}"))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/name", "/description", "/type", "/content", "/args/0/name");
        assertThat(problems("[]")).extracting(Problem::toString).containsExactly("must be an object, got a list");
    }

    @Test
    void describesItsArgumentsAsAJsonSchema() throws JsonProcessingException {
        ToolDefinition tool = valid("""
                {"name":"n","description":"d","content":"c","args":[
                  {"name":"a","description":"text","required":true},
                  {"name":"b","type":"int","required":true,"default":3},
                  {"name":"c","type":"array"},
                  {"name":"d","options":["x","y"]}]}""");

        assertThat(tool.toJsonSchema()).isEqualTo(MAPPER.readTree("""
                                {"type":"object","properties":{
                                  "a":{"type":"string","description":"text"},
                                  "b":{"type":"integer","default":3},
                                  "c":{"type":"array","items":{}},
                                  "d":{"type":"string","enum":["x","y"]}},
                                 "required":["a"],"additionalProperties":false}"""));
    }

    private static ToolDefinition valid(String json) throws JsonProcessingException {
        ParsedTool parsed = ToolDefinitionParser.parse(MAPPER.readTree(json));
        assertThat(parsed).isInstanceOf(ParsedTool.Valid.class);
        return ((ParsedTool.Valid) parsed).definition();
    }

    private static List<Problem> problems(String json) throws JsonProcessingException {
        ParsedTool parsed = ToolDefinitionParser.parse(MAPPER.readTree(json));
        assertThat(parsed).isInstanceOf(ParsedTool.Invalid.class);
        return ((ParsedTool.Invalid) parsed).problems();
    }
}
