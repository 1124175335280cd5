/** What a request of a WebFlux service takes longer for enqueueing a job. */
@NullMarked
package io.headrace.benchmarks.requests;

import org.jspecify.annotations.NullMarked;
