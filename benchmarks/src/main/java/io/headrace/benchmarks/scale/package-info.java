/** The scenario {@code scale}: more engines, more queues, a larger backlog. */
@NullMarked
package io.headrace.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
