package ai.kubiya.server.source.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML documents as JSON. Not Jackson's own YAML reader, because that one leaves {@code *alias} unresolved; therefore
 * this one counts what aliases multiply.
 */
final class YamlReader {

    private static final int MOST_NODES = 200_000;
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;
    private static final int DEEPEST = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    List<JsonNode> read(String text) throws ToolFileException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(ToolFileReader.LARGEST_FILE);
        options.setMaxAliasesForCollections(200);
        options.setNestingDepthLimit(DEEPEST);
        options.setAllowDuplicateKeys(false);
        Yaml yaml = new Yaml(
                new SafeConstructor(options),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                options,
                new PlainResolver());
        List<JsonNode> documents = new ArrayList<>();
        try {
            Budget budget = new Budget();
            for (Object document : yaml.loadAll(text)) {
                documents.add(budget.convert(document, 0));
            }
            return documents;
        } catch (MarkedYAMLException problem) {
            String where = problem.getProblemMark() == null
                    ? ""
                    : "line " + (problem.getProblemMark().getLine() + 1) + ", column "
                            + (problem.getProblemMark().getColumn() + 1) + ": ";
            throw new ToolFileException("InvalidYaml", where + problem.getProblem());
        } catch (YAMLException | ClassCastException | NumberFormatException problem) {
            throw new ToolFileException("InvalidYaml", String.valueOf(problem.getMessage()));
        }
    }

    /** What one file may become once its aliases are written out. */
    private static final class Budget {

        private int nodes = MOST_NODES;
        private int characters = MOST_CHARACTERS;

        JsonNode convert(@Nullable Object value, int depth) throws ToolFileException {
            if (--nodes < 0 || depth > DEEPEST) {
                throw new ToolFileException("TooLarge", "the file's aliases expand to more than is read");
            }
            return switch (value) {
                case null -> NODES.nullNode();
                case Map<?, ?> map -> object(map, depth);
                case Iterable<?> items -> array(items, depth);
                case Boolean flag -> NODES.booleanNode(flag);
                case Integer number -> NODES.numberNode(number);
                case Long number -> NODES.numberNode(number);
                case BigInteger number -> NODES.numberNode(number);
                case Double number -> NODES.numberNode(number);
                default -> NODES.textNode(counted(value.toString()));
            };
        }

        private ObjectNode object(Map<?, ?> map, int depth) throws ToolFileException {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                object.set(counted(String.valueOf(entry.getKey())), convert(entry.getValue(), depth + 1));
            }
            return object;
        }

        private ArrayNode array(Iterable<?> items, int depth) throws ToolFileException {
            ArrayNode array = NODES.arrayNode();
            for (Object item : items) {
                array.add(convert(item, depth + 1));
            }
            return array;
        }

        private String counted(String text) throws ToolFileException {
            characters -= text.length();
            if (characters < 0) {
                throw new ToolFileException("TooLarge", "the file's aliases expand to more than is read");
            }
            return text;
        }
    }

    /** YAML 1.2's core: {@code yes}, {@code on}, {@code 12:30}, {@code 0755} and dates are text, as authors mean them. */
    private static final class PlainResolver extends Resolver {

        private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
        private static final Pattern DECIMAL =
                Pattern.compile("[-+]?(?:[0-9]+\\.[0-9]*|\\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?");
        private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL| |");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOLEAN, "tTfF");
            addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NOTHING, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
