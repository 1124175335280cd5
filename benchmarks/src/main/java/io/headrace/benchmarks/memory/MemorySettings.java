package io.headrace.benchmarks.memory;

import java.util.List;

/**
 * What a run is made of.
 *
 * @param megabytes of JSON that wait, in all
 * @param payloadKilobytes of JSON in each payload
 * @param heapMib of the process that drains
 * @param concurrencies with which they are drained, one after another
 */
record MemorySettings(int megabytes, int payloadKilobytes, int heapMib, List<Integer> concurrencies) {

    int jobs() {
        return Math.max(1, megabytes * 1_000 / payloadKilobytes);
    }

    int lines() {
        return Math.max(1, payloadKilobytes * 1_000 / Load.LINE_BYTES);
    }
}
