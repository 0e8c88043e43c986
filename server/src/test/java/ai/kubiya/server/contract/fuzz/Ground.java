package ai.kubiya.server.contract.fuzz;

import ai.kubiya.server.testing.Belongings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What there is for a request to name: one's own things, and ids of another organisation's. Their names are not among
 * them, so that an answer that has one did not get it from a request.
 */
record Ground(String key, Belongings own, Belongings foreign) {

    /** A value for a parameter of a path: mostly one's own. */
    String of(String parameter, RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> foreign.id(parameter);
            default -> pick(own.of(parameter), random);
        };
    }

    /** Anything that some field could refer to. */
    String any(RandomGenerator random) {
        Map<String, List<String>> names = new TreeMap<>(own.names());
        return of(pick(new ArrayList<>(names.keySet()), random), random);
    }

    /** What a field of this name refers to, if anything. */
    Optional<String> reference(String field, RandomGenerator random) {
        return parameter(field).map(parameter -> of(parameter, random));
    }

    /** As {@link #reference}, and it is there unless it was deleted. */
    Optional<String> ownReference(String field, RandomGenerator random) {
        return parameter(field).map(parameter -> pick(own.of(parameter), random));
    }

    private Optional<String> parameter(String field) {
        return new TreeMap<>(own.names())
                .keySet().stream()
                        .filter(parameter -> field.startsWith(parameter) || field.endsWith(parameter))
                        .findFirst();
    }

    static <T> T pick(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
