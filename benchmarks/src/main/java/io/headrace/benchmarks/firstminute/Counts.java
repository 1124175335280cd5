package io.headrace.benchmarks.firstminute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How many handlers had started by which moment of {@link System#nanoTime()}. Thread-safe. */
final class Counts {

    private record Count(long nanos, long handled) {}

    private final List<Count> counts = new ArrayList<>();

    /** One more; they come in the order of their moments. */
    synchronized void add(long handled, long nanos) {
        counts.add(new Count(nanos, handled));
    }

    /** The last of them. */
    synchronized long last() {
        return counts.isEmpty() ? 0 : counts.get(counts.size() - 1).handled;
    }

    /** How many by so long after a moment: on the line between the counts before and after. */
    synchronized double after(long fromNanos, Duration time) {
        long at = fromNanos + time.toNanos();
        Count before = new Count(fromNanos, 0);
        for (Count count : counts) {
            if (count.nanos >= at) {
                double part = (double) (at - before.nanos) / (count.nanos - before.nanos);
                return before.handled + part * (count.handled - before.handled);
            }
            before = count;
        }
        throw new IllegalStateException("the process was not watched until " + time + " after its start");
    }

    /** Seconds from a moment until the first count that is not 0; empty if there is none. */
    synchronized OptionalDouble secondsToFirst(long fromNanos) {
        return counts.stream()
                .filter(count -> count.handled > 0)
                .mapToDouble(count -> (count.nanos - fromNanos) / 1e9)
                .findFirst();
    }
}
