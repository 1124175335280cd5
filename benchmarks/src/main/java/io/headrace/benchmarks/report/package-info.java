/** What is shown on the way, and what is left at the end: progress, tables, results. */
@NullMarked
package io.headrace.benchmarks.report;

import org.jspecify.annotations.NullMarked;
