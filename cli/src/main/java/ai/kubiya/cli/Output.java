package ai.kubiya.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows what the server answered. */
final class Output {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();
    private static final int WIDEST = 60;

    /** How. */
    enum Format {
        table,
        json,
        yaml
    }

    private final PrintWriter out;
    private final Format format;

    Output(PrintWriter out, Format format) {
        this.out = out;
        this.format = format;
    }

    void rows(List<JsonNode> rows, List<String> columns, long total) {
        if (format != Format.table) {
            tree(JSON.valueToTree(rows));
            return;
        }
        if (rows.isEmpty()) {
            out.println("Nothing was found.");
            return;
        }
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream()
                .map(column -> column.toUpperCase(Locale.ROOT).replace('_', ' '))
                .toList());
        rows.forEach(row ->
                cells.add(columns.stream().map(column -> cell(row, column)).toList()));
        int[] widths = new int[columns.size()];
        cells.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i));
                if (i < widths.length - 1) {
                    text.append(" ".repeat(widths[i] - line.get(i).length() + 2));
                }
            }
            out.println(text.toString().stripTrailing());
        }
        if (total > rows.size()) {
            out.println();
            out.println(rows.size() + " of " + total + "; --all shows the rest, --limit and --offset choose.");
        }
    }

    /** One thing: its fields one below the other, or all of it. */
    void one(JsonNode thing) {
        if (format != Format.table || !thing.isObject()) {
            tree(thing);
            return;
        }
        int width = thing.propertyStream()
                .mapToInt(field -> field.getKey().length())
                .max()
                .orElse(0);
        thing.properties().forEach(field -> {
            String value = field.getValue().isContainerNode()
                    ? (field.getValue().isEmpty() ? "" : field.getValue().toString())
                    : field.getValue().asText("");
            if (!value.isEmpty() && !field.getKey().equals("uuid")) {
                out.println(field.getKey()
                        + " ".repeat(width - field.getKey().length() + 2)
                        + value.replace("\n", "\n" + " ".repeat(width + 2)));
            }
        });
    }

    void tree(JsonNode tree) {
        try {
            out.println((format == Format.yaml ? YAML : JSON)
                    .writeValueAsString(tree)
                    .stripTrailing());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void text(String text) {
        out.print(text);
        out.flush();
    }

    boolean isForPeople() {
        return format == Format.table;
    }

    private static String cell(JsonNode row, String column) {
        JsonNode value = row;
        for (String name : column.split("\\.")) {
            value = value.path(name);
        }
        String text = value.isArray()
                ? String.join(", ", value.valueStream().map(JsonNode::asText).toList())
                : value.isObject() ? value.toString() : value.isNull() ? "" : value.asText("");
        // Control characters of a name must not reach the terminal.
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line;
    }
}
