/** The scenario {@code compare}: the same work for everybody, side by side. */
@NullMarked
package io.headrace.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
