/** The scenario {@code first-minute}: what is drained soon after a process has started. */
@NullMarked
package io.headrace.benchmarks.firstminute;

import org.jspecify.annotations.NullMarked;
