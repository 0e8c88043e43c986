package ai.kubiya.server.policy.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The types of all variables, by name, so that a misspelt field is found when a policy is saved. */
final class VariableTypes implements CelTypeProvider {
    private final ImmutableMap<String, CelType> types;

    VariableTypes() {
        Map<String, CelType> found = new HashMap<>();
        for (Variable variable : Variable.values()) {
            collect(variable.shape(), found);
        }
        types = ImmutableMap.copyOf(found);
    }

    private static void collect(Shape shape, Map<String, CelType> found) {
        switch (shape) {
            case Shape.Fields fields -> {
                found.put(fields.name(), fields.type());
                fields.fields().values().forEach(field -> collect(field, found));
            }
            case Shape.ListOf list -> collect(list.element(), found);
            case Shape.Text _, Shape.Flag _, Shape.Time _, Shape.Anything _, Shape.Keyed _ -> {}
        }
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return types.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(types.get(name));
    }
}
