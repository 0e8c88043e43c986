package ai.kubiya.server.state.content;

import ai.kubiya.server.http.ApiException;
import ai.kubiya.server.http.FieldProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a state says of itself.
 *
 * @param serial grows with every change that Terraform makes
 * @param lineage names the state from its beginning on; another lineage is another state
 * @param resources managed instances
 * @param serialOffset where in the document the digits of the serial are
 */
public record StateDocument(
        long serial, String lineage, String terraformVersion, int resources, int outputs, long serialOffset) {
    /** The format of Terraform 0.12 and everything after it. */
    private static final long VERSION = 4;

    private static final int LONGEST_NAME = 200;

    /**
     * Reads a state to its end.
     *
     * @throws ApiException 400 when it is none that Terraform wrote
     */
    static StateDocument read(InputStream in) throws IOException {
        return StateReader.readSent(in, reader -> {
            Found found = new Found();
            boolean whole = reader.document(found::member);
            return found.document(whole);
        });
    }

    /** What was seen so far. */
    private static final class Found {
        private final Set<String> names = new HashSet<>();
        private final List<FieldProblem> problems = new ArrayList<>();
        private long version = -1;
        private long serial = -1;
        private long serialOffset = -1;
        private String lineage = "";
        private String terraformVersion = "";
        private int resources;
        private int outputs;

        private void member(String name, StateReader value) throws IOException {
            if (!names.add(name)) {
                problem("/" + name, "is there twice");
            }
            switch (name) {
                case "version" -> version = value.number();
                case "serial" -> {
                    serial = value.number();
                    serialOffset = value.offset();
                }
                case "lineage" -> lineage = value.text();
                case "terraform_version" -> terraformVersion = value.text();
                case "outputs" -> {
                    if (value.isObject()) {
                        value.members((output, _) -> outputs++);
                    } else {
                        problem("/outputs", "must be an object");
                    }
                }
                case "resources" -> {
                    if (value.isArray()) {
                        value.elements(resource -> resources += instances(resource));
                    } else {
                        problem("/resources", "must be an array");
                    }
                }
                default -> {
                    // Terraform's own business.
                }
            }
        }

        private static int instances(StateReader resource) throws IOException {
            int[] count = new int[1];
            boolean[] managed = new boolean[1];
            if (resource.isObject()) {
                resource.members((name, value) -> {
                    if (name.equals("mode")) {
                        managed[0] = value.text().equals("managed");
                    } else if (name.equals("instances") && value.isArray()) {
                        value.elements(_ -> count[0]++);
                    }
                });
            }
            return managed[0] ? count[0] : 0;
        }

        private void problem(String field, String message) {
            if (problems.size() < 10) {
                problems.add(new FieldProblem(field, message));
            }
        }

        private StateDocument document(boolean whole) {
            if (!whole) {
                problem("/", "must be one JSON object, as Terraform writes its state, and nothing behind it");
            } else {
                check();
            }
            if (!problems.isEmpty()) {
                throw ApiException.invalid(problems);
            }
            return new StateDocument(serial, lineage, terraformVersion, resources, outputs, serialOffset);
        }

        private void check() {
            if (version != VERSION) {
                problem("/version", "must be 4, the format of states since Terraform 0.12");
            }
            if (serial < 0) {
                problem("/serial", "must be a whole number from 0");
            } else if (serialOffset < 0) {
                problem("/", "must be in UTF-8");
            }
            if (lineage.isEmpty() || lineage.length() > LONGEST_NAME || lineage.indexOf('\0') >= 0) {
                problem("/lineage", "must be a text of 1 to " + LONGEST_NAME + " characters");
            }
            if (terraformVersion.length() > LONGEST_NAME || terraformVersion.indexOf('\0') >= 0) {
                problem("/terraform_version", "must be a text of at most " + LONGEST_NAME + " characters");
            }
        }
    }
}
