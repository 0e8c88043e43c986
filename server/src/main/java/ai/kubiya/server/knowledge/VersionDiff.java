package ai.kubiya.server.knowledge;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** What changed from one version to another. */
final class VersionDiff {
    private static final List<String> FIELDS = List.of("name", "description", "labels", "type", "properties");

    private VersionDiff() {}

    /** What there was before the first version. */
    static KnowledgeEntry.Version nothing(KnowledgeEntry.Version first) {
        KnowledgeText text = new KnowledgeText("", "", "", List.of(), "", Map.of());
        return new KnowledgeEntry.Version(
                first.entry(), 0, text, true, "", 0, null, first.createdBy(), first.createdAt());
    }

    static ObjectNode of(KnowledgeEntry.Version from, KnowledgeEntry.Version to) {
        ObjectNode json = Json.object()
                .put("knowledge_id", to.entry().toString())
                .put("from", from.version())
                .put("to", to.version());
        ArrayNode changes = json.putArray("changes");
        ObjectNode before = KnowledgeJson.of(from);
        ObjectNode after = KnowledgeJson.of(to);
        for (String field : FIELDS) {
            JsonNode value = after.get(field);
            if (!value.equals(before.get(field))) {
                ObjectNode change = changes.addObject().put("field", field);
                change.set("before", before.get(field));
                change.set("after", value);
            }
        }
        return json.put("diff", unified(from, to));
    }

    /** Empty when the contents are equal. */
    private static String unified(KnowledgeEntry.Version from, KnowledgeEntry.Version to) {
        if (from.contentHash().equals(to.contentHash())) {
            return "";
        }
        RawText before = raw(from);
        RawText after = raw(to);
        // Without its slow way out, a text that is made to be hard to compare counts as replaced.
        HistogramDiff diff = new HistogramDiff();
        diff.setFallbackAlgorithm(null);
        EditList edits = diff.diff(RawTextComparator.DEFAULT, before, after);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(edits, before, after);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "--- version " + from.version() + "\n+++ version " + to.version() + "\n"
                + out.toString(StandardCharsets.UTF_8);
    }

    private static RawText raw(KnowledgeEntry.Version version) {
        return new RawText(version.text().content().getBytes(StandardCharsets.UTF_8));
    }
}
