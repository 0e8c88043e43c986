package ai.kubiya.server.runner;

import ai.kubiya.server.http.ApiException;
import java.util.Optional;
import java.util.Set;

/** Which runners there are. */
public final class Runners {
    /** The embedded runner. */
    public static final String LOCAL = "local";

    // Existing clients and Terraform configurations name the vendor's hosted runner by default.
    private static final Set<String> MEANS_ANY = Set.of("", "auto", "kubiya-hosted", "kubiya-hosted-1");

    private Runners() {}

    /** The runner a name stands for; {@code auto} and an empty name stand for any healthy one. */
    public static Optional<String> find(String name) {
        return MEANS_ANY.contains(name) || name.equals(LOCAL) ? Optional.of(LOCAL) : Optional.empty();
    }

    /**
     * As {@link #find}.
     *
     * @param field what to name in the answer when there is no such runner
     */
    public static String require(String name, String field) {
        return find(name)
                .orElseThrow(() -> ApiException.invalid(
                        field, "there is no runner \"" + name + "\"; the runners are " + LOCAL + " and auto"));
    }
}
