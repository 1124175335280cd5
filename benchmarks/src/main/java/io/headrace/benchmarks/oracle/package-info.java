/** Crons against a scan of every second. */
@NullMarked
package io.headrace.benchmarks.oracle;

import org.jspecify.annotations.NullMarked;
