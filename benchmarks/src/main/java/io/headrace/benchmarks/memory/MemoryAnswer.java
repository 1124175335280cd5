package io.headrace.benchmarks.memory;

import java.io.IOException;
import java.util.List;

/**
 * How a process drained.
 *
 * @param jobs how many it handled
 * @param errors calls of the store that failed, and attempts that did not end well
 * @param nanos from its engine's start until the last outcome was recorded
 * @param heapBytes the most that was in use after a collection
 */
record MemoryAnswer(long jobs, long errors, long nanos, long heapBytes) {

    /** What {@link #parse} reads. */
    String line() {
        return jobs + " " + errors + " " + nanos + " " + heapBytes;
    }

    /** @throws IOException if it is not such a line */
    static MemoryAnswer parse(String line) throws IOException {
        List<String> parts = List.of(line.split(" ", -1));
        try {
            return new MemoryAnswer(
                    Long.parseLong(parts.get(0)),
                    Long.parseLong(parts.get(1)),
                    Long.parseLong(parts.get(2)),
                    Long.parseLong(parts.get(3)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("the process that drains said: " + line, e);
        }
    }

    double seconds() {
        return nanos / 1e9;
    }

    double heapMib() {
        return heapBytes / (double) (1 << 20);
    }
}
