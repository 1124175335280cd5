package io.headrace.benchmarks.tombstones;

import java.io.IOException;
import java.util.List;

/**
 * How a retry went.
 *
 * @param nanos how long it took
 * @param heapBytes the most that was in use after a collection
 */
record RetryAnswer(long matched, long retried, long nanos, long heapBytes) {

    /** What {@link #parse} reads. */
    String line() {
        return matched + " " + retried + " " + nanos + " " + heapBytes;
    }

    /** @throws IOException if it is not such a line */
    static RetryAnswer parse(String line) throws IOException {
        List<String> parts = List.of(line.split(" ", -1));
        try {
            return new RetryAnswer(
                    Long.parseLong(parts.get(0)),
                    Long.parseLong(parts.get(1)),
                    Long.parseLong(parts.get(2)),
                    Long.parseLong(parts.get(3)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("the process that retries said: " + line, e);
        }
    }

    double seconds() {
        return nanos / 1e9;
    }

    double heapMib() {
        return heapBytes / (double) (1 << 20);
    }
}
