package io.headrace.postgres.enqueue;

import io.headrace.Enqueued;
import io.headrace.spi.EncodedJob;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the jobs of one call take their keys: that of the bytes of kind and key, as in {@code
 * enqueue_keyed.sql}. Of two calls that want the same keys one waits for the other, in whichever order they name them and
 * however many blocks they take.
 */
final class KeyOrder {

    private static final Comparator<@Nullable String> BYTES = Comparator.nullsLast(
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));

    private final List<EncodedJob> jobs;
    private final int[] places;

    /** Unique keys come first, then those of throttles, then those of debounces. Jobs without a key keep their order, behind those with one; of one key the first stays the first. */
    KeyOrder(List<EncodedJob> given) {
        List<Integer> order = IntStream.range(0, given.size())
                .boxed()
                .sorted(Comparator.comparing((Integer at) -> given.get(at).key() == null)
                        .thenComparing(at -> given.get(at).reason())
                        .thenComparing(at -> kindOfKey(given.get(at)), BYTES)
                        .thenComparing(at -> given.get(at).key(), BYTES))
                .toList();
        this.jobs = order.stream().map(given::get).toList();
        this.places = order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static @Nullable String kindOfKey(EncodedJob job) {
        return job.key() == null ? null : job.kind();
    }

    /** The jobs in that order. */
    List<EncodedJob> jobs() {
        return jobs;
    }

    /** From answers in that order to answers in the order of the call. */
    List<Enqueued> restore(List<Enqueued> answers) {
        Enqueued[] restored = new Enqueued[places.length];
        for (int at = 0; at < places.length; at++) {
            restored[places[at]] = answers.get(at);
        }
        return Arrays.asList(restored);
    }
}
