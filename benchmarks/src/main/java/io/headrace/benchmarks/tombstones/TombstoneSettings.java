package io.headrace.benchmarks.tombstones;

/**
 * What a run is made of.
 *
 * @param pending jobs that wait all the while, and are worked on
 * @param tombstones failed jobs, of two kinds in equal parts: one is retried, the other forgotten
 * @param heapMib of the process that retries
 * @param isBulk whether it retries by a bulk operation, which is paced
 */
record TombstoneSettings(int pending, int tombstones, int heapMib, boolean isBulk) {

    /** How many there are of each of the two kinds. */
    int ofEachKind() {
        return tombstones / 2;
    }
}
