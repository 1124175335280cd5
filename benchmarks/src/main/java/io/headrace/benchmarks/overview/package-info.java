/** Runs every scenario that has a short form, and makes one page of their results. */
@NullMarked
package io.headrace.benchmarks.overview;

import org.jspecify.annotations.NullMarked;
