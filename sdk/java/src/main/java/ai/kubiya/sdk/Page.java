package ai.kubiya.sdk;

import java.util.List;

/** A page of a list. */
public record Page<T>(List<T> data, long total, long limit, long offset) {
    public boolean hasNext() {
        return !data.isEmpty() && nextOffset() < total;
    }

    long nextOffset() {
        return offset + data.size();
    }
}
