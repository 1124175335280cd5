/** The scenario {@code idle}: what engines without a job cost. */
@NullMarked
package io.headrace.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
