package ai.kubiya.server.tool.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentCheckTest {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    int    | "5"              | 5
                    int    | 5.0              | 5
                    int    | "1e3"            | 1000
                    int    | 123456789012345678901234567890 | 123456789012345678901234567890
                    float  | "0.5"            | 0.5
                    float  | 2                | 2
                    bool   | "true"           | true
                    bool   | "FALSE"          | false
                    string | 5                | "5"
                    string | true             | "true"
                    string | {"a":1}          | "{\\"a\\":1}"
                    object | "{\\"a\\": 1}"   | {"a":1}
                    array  | "[1]"            | [1]
                    file   | "text"           | "text"
                    """)
    void coercesWhereNothingIsLost(String type, String sent, String expected) throws JsonProcessingException {
        assertThat(accepted(argument(type, ""), sent)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    int    | "abc"       | must be an integer, got "abc"
                    int    | 1.5         | must be an integer, got 1.5
                    int    | true        | must be an integer, got true
                    int    | ""          | must be an integer, got ""
                    int    | "1e999999"  | must be an integer, got "1e999999"
                    float  | "NaN"       | must be a number, got "NaN"
                    bool   | "yes"       | must be true or false, got "yes"
                    bool   | 1           | must be true or false, got 1
                    object | "[1]"       | must be an object, got "[1]"
                    array  | {"a":1}     | must be an array, got {"a":1}
                    """)
    void refusesTheRest(String type, String sent, String message) throws JsonProcessingException {
        assertThat(refused(argument(type, ""), "{\"a\":" + sent + "}")).containsExactly("/args/a " + message);
    }

    @Test
    void fillsInDefaultsAndAsksForWhatIsRequired() throws JsonProcessingException {
        assertThat(accepted(argument("int", ",\"default\":7,\"required\":true"), "null"))
                .isEqualTo("7");
        assertThat(refused(argument("int", ",\"required\":true"), "{}")).containsExactly("/args/a is required");
        assertThat(refused(argument("int", ",\"required\":true"), "null")).containsExactly("/args/a is required");
        assertThat(ArgumentCheck.check(argument("int", ""), null))
                .isEqualTo(new CheckedArguments.Accepted(new java.util.LinkedHashMap<>(Map.of())));
    }

    @Test
    void enforcesOptions() throws JsonProcessingException {
        List<Argument> size = argument("string", ",\"options\":[\"s\",\"m\"]");

        assertThat(accepted(size, "\"m\"")).isEqualTo("\"m\"");
        assertThat(refused(size, "{\"a\":\"xl\"}")).containsExactly("/args/a must be one of s, m, got \"xl\"");
        assertThat(accepted(argument("int", ",\"options\":[1,2]"), "\"2\"")).isEqualTo("2");
    }

    @Test
    void namesTheArgumentsThereAre() throws JsonProcessingException {
        assertThat(refused(argument("int", ""), "{\"b/c\":1}"))
                .containsExactly("/args/b~1c is not an argument of this tool; it takes a");
        assertThat(refused(List.of(), "{\"b\":1}"))
                .containsExactly("/args/b is not an argument of this tool, which takes none");
        assertThat(refused(List.of(), "[]")).containsExactly("/args must be an object, got []");
    }

    private static List<Argument> argument(String type, String more) throws JsonProcessingException {
        String declared = "{\"name\":\"a\",\"type\":\"" + type + "\"" + more + "}";
        String json = "{\"name\":\"n\",\"description\":\"d\",\"content\":\"c\",\"args\":[" + declared + "]}";
        ParsedTool parsed = ToolDefinitionParser.parse(MAPPER.readTree(json));
        return ((ParsedTool.Valid) parsed).definition().args();
    }

    private static String accepted(List<Argument> declared, String value) throws JsonProcessingException {
        CheckedArguments checked = ArgumentCheck.check(declared, MAPPER.readTree("{\"a\":" + value + "}"));
        assertThat(checked).isInstanceOf(CheckedArguments.Accepted.class);
        return ((CheckedArguments.Accepted) checked)
                .values().values().stream().map(Object::toString).collect(Collectors.joining());
    }

    private static List<String> refused(List<Argument> declared, String sent) throws JsonProcessingException {
        CheckedArguments checked = ArgumentCheck.check(declared, MAPPER.readTree(sent));
        assertThat(checked).isInstanceOf(CheckedArguments.Refused.class);
        return ((CheckedArguments.Refused) checked)
                .problems().stream().map(Problem::toString).toList();
    }
}
