/** Headrace as its users would set it up, and a backlog for it to work on. */
@NullMarked
package io.headrace.benchmarks.headrace;

import org.jspecify.annotations.NullMarked;
