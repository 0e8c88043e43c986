package ai.kubiya.sdk;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request carries, field by field. A field that was not set is not sent; one that was set to null is sent as null.
 *
 * @param <T> the type itself
 */
public abstract class Input<T extends Input<T>> {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** Sets a field by its name on the wire. */
    @SuppressWarnings("unchecked")
    public T set(String name, @Nullable Object value) {
        fields.put(name, value);
        return (T) this;
    }

    /** What is sent. */
    @JsonAnyGetter
    public Map<String, @Nullable Object> fields() {
        return fields;
    }
}
