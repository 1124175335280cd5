/** The scenario {@code latency}: how long a job waits for its handler. */
@NullMarked
package io.headrace.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
