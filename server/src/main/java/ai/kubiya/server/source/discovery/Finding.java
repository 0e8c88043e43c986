package ai.kubiya.server.source.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Something found in a file, before tools are checked and names compared. */
sealed interface Finding {

    String file();

    /** A line or an index: orders the findings of one file. */
    int position();

    record Tool(ObjectNode definition, String file, int position) implements Finding {}

    record Workflow(ObjectNode definition, String file, int position) implements Finding {}

    record Failed(DiscoveryError error, int position) implements Finding {
        @Override
        public String file() {
            return error.file();
        }
    }
}
