package ai.kubiya.server.tool.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The result of checking the arguments of a call. */
public sealed interface CheckedArguments {

    /** Values of the declared types, defaults filled in, in the order of declaration. */
    record Accepted(SequencedMap<String, JsonNode> values) implements CheckedArguments {
        public Accepted {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }

    /** Everything that is wrong, at least one. */
    record Refused(List<Problem> problems) implements CheckedArguments {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
