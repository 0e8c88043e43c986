package ai.kubiya.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How the fields of an update meet those that are stored. */
public final class MergePatch {
    private MergePatch() {}

    /** JSON merge patch (RFC 7396): objects are merged, null removes. */
    public static ObjectNode merge(ObjectNode stored, ObjectNode patch) {
        ObjectNode result = stored.deepCopy();
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else if (entry.getValue() instanceof ObjectNode inner) {
                ObjectNode under = result.get(entry.getKey()) instanceof ObjectNode there ? there : Json.object();
                result.set(entry.getKey(), merge(under, inner));
            } else {
                result.set(entry.getKey(), entry.getValue());
            }
        });
        return result;
    }

    /** PUT: the fields sent replace the stored ones whole, the others stay. */
    public static ObjectNode replaceSent(ObjectNode stored, ObjectNode sent) {
        ObjectNode result = stored.deepCopy();
        sent.properties().forEach(entry -> result.set(entry.getKey(), entry.getValue()));
        return result;
    }
}
