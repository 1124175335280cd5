/** The scenario {@code throughput}: jobs a second, and what a job costs. */
@NullMarked
package io.headrace.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
