package io.headrace.benchmarks.features;

import java.util.stream.IntStream;

/** The numbers of some jobs. */
record Numbers(int first, int count) {

    IntStream stream() {
        return IntStream.range(first, first + count);
    }
}
