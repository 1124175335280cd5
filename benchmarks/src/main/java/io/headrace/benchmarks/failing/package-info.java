/** The scenario {@code failing}: attempts that fail. */
@NullMarked
package io.headrace.benchmarks.failing;

import org.jspecify.annotations.NullMarked;
