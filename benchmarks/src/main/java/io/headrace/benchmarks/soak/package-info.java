/** The scenario {@code soak}: a steady load for as long as one likes. */
@NullMarked
package io.headrace.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
