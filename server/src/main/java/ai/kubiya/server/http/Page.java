package ai.kubiya.server.http;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param total rows in the whole list
 */
public record Page<T>(List<T> rows, long total, Range range) {

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(rows.stream().<R>map(change).toList(), total, range);
    }

    /** Cuts a page out of a list that is in memory anyway. */
    public static <T> Page<T> of(List<T> all, Range range) {
        int from = (int) Math.min(range.offset(), all.size());
        int to = (int) Math.min((long) from + range.limit(), all.size());
        return new Page<>(all.subList(from, to), all.size(), range);
    }

    /**
     * Which rows a client asked for.
     *
     * @param limit at most this many rows; {@link Integer#MAX_VALUE} = all
     * @param offset rows to skip
     */
    public record Range(int limit, long offset) {
        public static final Range ALL = new Range(Integer.MAX_VALUE, 0);
    }
}
