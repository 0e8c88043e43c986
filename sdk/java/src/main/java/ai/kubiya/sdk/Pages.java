package ai.kubiya.sdk;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A list: iterating goes through all rows of all pages. Nothing is asked for before that. */
public final class Pages<T> implements Iterable<T> {
    private final Function<@Nullable Long, Page<T>> load;

    Pages(Function<@Nullable Long, Page<T>> load) {
        this.load = load;
    }

    /** The page that {@code limit} and {@code offset} chose. */
    public Page<T> page() {
        return load.apply(null);
    }

    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** Every row. */
    public List<T> all() {
        return stream().toList();
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private Page<T> page = page();
            private int next;

            @Override
            public boolean hasNext() {
                if (next == page.data().size() && page.hasNext()) {
                    page = load.apply(page.nextOffset());
                    next = 0;
                }
                return next < page.data().size();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.data().get(next++);
            }
        };
    }
}
